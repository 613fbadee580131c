import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts the page's files into one directory: ours and what the build has made as they are, Lit's from its WebJars with their
 * imports made relative, because browsers resolve relative paths without an import map, pictures of brands from that of Simple
 * Icons, and the names of regions that the engine has. A list of all stands beside them.
 */
public final class Gather {
    /** Where each of Lit's files goes, and where it is in the WebJars. */
    private static final Map<String, String> LIT = Map.of(
            "lit/lit-html.js", "lit-html/lit-html.js",
            "lit/lit-element.js", "lit-element/lit-element.js",
            "lit/reactive-element.js", "lit__reactive-element/reactive-element.js",
            "lit/css-tag.js", "lit__reactive-element/css-tag.js");

    private static final Pattern PATH = Pattern.compile("<path d=\"([^\"]+)\"");

    private Gather() {}

    /** @param args directories of files, the list of brands, and the directory to write to */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[3]);
        Map<String, byte[]> files = new TreeMap<>();
        for (Path source : List.of(Path.of(args[0]), Path.of(args[1]))) {
            try (Stream<Path> found = Files.walk(source)) {
                for (Path p : found.filter(Files::isRegularFile).toList()) {
                    files.put(source.relativize(p).toString().replace('\\', '/'), Files.readAllBytes(p));
                }
            }
        }
        files.put("later/brands.json", brands(Path.of(args[2])).getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, String> e : LIT.entrySet()) {
            files.put(e.getKey(), relative(webJar(e.getValue())).getBytes(StandardCharsets.UTF_8));
        }
        files.put("regions/en.tsv", resource("/io/millrace/engine/regions.tsv").getBytes(StandardCharsets.UTF_8));
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, byte[]> e : files.entrySet()) {
            write(target.resolve("app").resolve(e.getKey()), e.getValue());
            names.add(e.getKey());
        }
        write(target.resolve("LICENSE-lit.txt"), webJar("lit-html/LICENSE").getBytes(StandardCharsets.UTF_8));
        write(target.resolve("files.txt"), String.join("\n", names).getBytes(StandardCharsets.UTF_8));
    }

    /** For each brand its colour, and its picture in a square of 24. */
    private static String brands(Path list) throws IOException {
        List<String> brands = new ArrayList<>();
        for (String line : Files.readAllLines(list)) {
            String[] brand = line.split("\t");
            if (brand.length == 3) {
                brands.add(
                        "\"" + brand[0] + "\":[\"" + brand[1].replace("-", "") + "\",\"" + picture(brand[2]) + "\"]");
            }
        }
        return "{" + String.join(",\n", brands) + "}";
    }

    private static String picture(String from) throws IOException {
        if (from.startsWith("M")) {
            return from;
        }
        Matcher path = PATH.matcher(webJar("simple-icons/icons/" + from + ".svg"));
        if (!path.find()) {
            throw new IOException("no path in " + from);
        }
        return path.group(1);
    }

    private static String webJar(String file) throws IOException {
        int slash = file.indexOf('/');
        String jar = file.substring(0, slash);
        String version = version(jar);
        String path = "/META-INF/resources/webjars/" + jar + "/" + version + file.substring(slash);
        return resource(path);
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = Gather.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String version(String jar) throws IOException {
        String artifact = "/META-INF/maven/org.webjars.npm/" + jar + "/pom.properties";
        java.util.Properties properties = new java.util.Properties();
        try (InputStream in = Gather.class.getResourceAsStream(artifact)) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    /** Every import is of a file in the same directory; source maps are not served. */
    private static String relative(String script) {
        return script.replaceAll("from\\s*\"[^\"]*?([a-z-]+?)(?:\\.js)?\"", "from\"./$1.js\"")
                .replaceAll("(?m)^//# sourceMappingURL=.*$", "");
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
