import com.google.javascript.jscomp.CommandLineRunner;
import com.google.javascript.jscomp.CompilerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The build step that turns the readable sources into what pages load: {@code java Minify.java SOURCES OUT SCRATCH}.
 * Compiles only when an input has changed; fails when a type is wrong, when the compiler warns of anything else, or when a
 * script outgrows its limit.
 */
class Minify {

    /** A script to make: its entry point, and the most bytes it may have when gzipped. */
    private record Target(String entry, int limit) {}

    private static final List<Target> TARGETS = List.of(new Target("t.js", 2_048), new Target("t.full.js", 3_500));
    private static final String MODULE = "millrace.js";

    private final Path sources;
    private final Path out;
    private final Path stamp;

    private Minify(Path sources, Path out, Path scratch) {
        this.sources = sources;
        this.out = out;
        this.stamp = scratch.resolve("minify.stamp");
    }

    public static void main(String[] args) throws Exception {
        new Minify(Path.of(args[0]), Path.of(args[1]), Path.of(args[2])).run();
    }

    private void run() throws Exception {
        String inputs = fingerprint();
        if (!Files.exists(stamp) || !Files.readString(stamp).equals(inputs)) {
            Files.createDirectories(out);
            for (Target target : TARGETS) {
                compileScript(target.entry());
            }
            compileModule();
            for (String name : List.of("millrace.d.ts", "package.json")) {
                Files.write(out.resolve(name), Files.readAllBytes(sources.resolve(name)));
            }
            Files.writeString(stamp, inputs);
        }
        for (Target target : TARGETS) {
            measure(target);
        }
    }

    private void compileScript(String entry) throws IOException {
        Path map = out.resolve(entry + ".map");
        compile(
                entry,
                "--js_output_file=" + out.resolve(entry),
                "--output_wrapper=(()=>{try{%output%}catch{}})()\n//# sourceMappingURL=" + entry + ".map",
                "--assume_function_wrapper=true",
                "--create_source_map=" + map,
                "--source_map_include_content=true",
                "--source_map_location_mapping=" + sources + "/|");
        Files.writeString(map, Files.readString(map).replace(out.resolve(entry).toString(), entry));
    }

    /** The compiler drops what an entry point exports, so the export is made here. */
    private void compileModule() throws IOException {
        compile(
                MODULE,
                "--js_output_file=" + out.resolve(MODULE),
                "--output_wrapper=export const init=(exported=>{%output%return exported.init})({});\n",
                "--assume_function_wrapper=true");
    }

    private void compile(String entry, String... output) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "--compilation_level=ADVANCED",
                "--language_in=UNSTABLE",
                "--language_out=ECMASCRIPT_2021",
                "--rewrite_polyfills=false",
                "--jscomp_error=*",
                "--jscomp_off=lintChecks",
                "--jscomp_off=missingOverride",
                "--dependency_mode=PRUNE",
                "--externs=" + sources.resolve("externs.js"),
                "--entry_point=" + sources.resolve(entry)));
        try (Stream<Path> files = Files.list(sources)) {
            files.filter(f -> f.toString().endsWith(".js") && !f.endsWith("externs.js"))
                    .sorted()
                    .forEach(f -> args.add("--js=" + f));
        }
        args.addAll(List.of(output));
        if (Runner.run(args) != 0) {
            throw new IOException("compiling " + entry + " failed");
        }
    }

    private void measure(Target target) throws IOException {
        byte[] script = Files.readAllBytes(out.resolve(target.entry()));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(script);
        }
        String size = "/%s: %,d bytes, %,d gzipped (limit %,d)"
                .formatted(target.entry(), script.length, packed.size(), target.limit());
        System.out.println(size);
        if (packed.size() > target.limit()) {
            throw new IllegalStateException("too large: " + size);
        }
    }

    /** Of every input, the compiler and this program included. */
    private String fingerprint() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(System.getProperty("java.class.path").getBytes());
        try (Stream<Path> files = Files.walk(sources.resolve("../.."))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(file.toString().getBytes());
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The compiler's command line, except that it returns instead of ending the JVM. */
    private static final class Runner extends CommandLineRunner {
        private int exitCode;

        private Runner(List<String> args) {
            super(args.toArray(String[]::new));
            setExitCodeReceiver(code -> {
                exitCode = code;
                return null;
            });
        }

        /** No line breaks: they would be a hundredth of the script. */
        @Override
        protected CompilerOptions createOptions() {
            CompilerOptions options = super.createOptions();
            options.setLineLengthThreshold(Integer.MAX_VALUE);
            return options;
        }

        static int run(List<String> args) {
            Runner runner = new Runner(args);
            if (!runner.shouldRunCompiler()) {
                return 1;
            }
            runner.run();
            return runner.exitCode;
        }
    }
}
