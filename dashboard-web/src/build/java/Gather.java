import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the page's files into one directory: the modules and style sheets that the first view needs as one file each, the others and
 * what the build has made as they are, pictures of brands from that of Simple Icons, and the names of regions that the engine has.
 * Lit comes from its WebJars with its imports made relative, because browsers resolve relative paths without an import map. A list
 * of all stands beside them.
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
        join(files);
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

    /** Puts what the first view needs into one script and one style sheet. */
    private static void join(Map<String, byte[]> files) {
        Map<String, String> scripts = new TreeMap<>();
        StringBuilder styles = new StringBuilder();
        files.forEach((name, bytes) -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (name.endsWith(".js")) {
                scripts.put(name, text);
            } else if (name.endsWith(".css")) {
                styles.append(text);
            }
        });
        files.keySet().removeIf(name -> name.endsWith(".js") || name.endsWith(".css"));
        new Bundle(scripts).files().forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        files.put("style.css", styles.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The main module with all that it imports, one after the other: each is a function that hands out what it exports, under a
     * name after its path. Modules that are loaded later take from there what they share with it. Regular expressions will do, as
     * imports and exports stand at the beginning of a line and have the usual forms.
     */
    private static final class Bundle {
        private static final String MAIN = "main.js";
        private static final Pattern FROM = Pattern.compile(
                "(?<![\\w$.])(import|export)\\s*(\\{[^}]*}|\\*\\s*as\\s+[\\w$]+|\\*)?\\s*(?:from\\s*)?[\"'](\\.[^\"']+)[\"'];?");
        private static final Pattern LATER = Pattern.compile("(?<![\\w$.])import\\(['\"](\\.[^'\"]+)['\"]\\)");
        private static final Pattern LIST = Pattern.compile("(?<![\\w$.])export\\s*\\{([^}]*)};?");
        private static final Pattern DECLARED =
                Pattern.compile("(?m)^export ((?:const|class|function|async function) ([\\w$]+))");
        private static final Pattern COMMENT = Pattern.compile("(?m)^ */\\*\\*(?:[^*]++|\\*(?!/))*+\\*/ *\\n");

        private final Map<String, String> sources;
        private final Map<String, String> joined = new LinkedHashMap<>();
        private final Set<String> begun = new HashSet<>();

        Bundle(Map<String, String> sources) {
            this.sources = sources;
            add(MAIN);
        }

        /** The main module, and those that are not in it. */
        Map<String, String> files() {
            Map<String, String> files = new TreeMap<>();
            sources.forEach((name, source) -> {
                if (!joined.containsKey(name)) {
                    files.put(name, later(name, source));
                }
            });
            String names = joined.keySet().stream().map(Bundle::variable).collect(Collectors.joining(", "));
            files.put(MAIN, String.join("", joined.values()) + "export {" + names + "};\n");
            return files;
        }

        /** Behind all that it imports. */
        private void add(String name) {
            if (joined.containsKey(name)) {
                return;
            }
            if (!begun.add(name)) {
                throw new IllegalStateException(name + " imports itself by way of others");
            }
            String source = sources.get(name);
            FROM.matcher(source).results().forEach(m -> add(resolved(name, m.group(3))));
            joined.put(name, function(name, source));
        }

        private static String function(String name, String source) {
            List<String> exports = new ArrayList<>();
            String body = COMMENT.matcher(source).replaceAll("");
            body = FROM.matcher(body).replaceAll(m -> Matcher.quoteReplacement(taken(name, m, exports)));
            body = LIST.matcher(body).replaceAll(m -> {
                exports.add(swapped(m.group(1)));
                return "";
            });
            body = DECLARED.matcher(body).replaceAll(m -> {
                exports.add(m.group(2));
                return Matcher.quoteReplacement(m.group(1));
            });
            body = LATER.matcher(body).replaceAll(m -> "import('./" + resolved(name, m.group(1)) + "')");
            return "const " + variable(name) + " = (() => {\n" + body.strip() + "\nreturn {"
                    + String.join(", ", exports) + "};\n})();\n";
        }

        /** What stands in the place of an import, or of an export from elsewhere. */
        private static String taken(String name, MatchResult m, List<String> exports) {
            String from = variable(resolved(name, m.group(3)));
            String what = m.group(2);
            if (what == null) {
                return "";
            }
            if (m.group(1).equals("import")) {
                return "const " + local(what) + " = " + from + ";";
            }
            if (what.equals("*")) {
                exports.add("..." + from);
            } else {
                Arrays.stream(what.substring(1, what.length() - 1).split(","))
                        .map(String::strip)
                        .forEach(export -> exports.add(export + ": " + from + "." + export));
            }
            return "";
        }

        /** A module that is loaded later: what the main one has is taken from there. */
        private String later(String name, String source) {
            String main = "../".repeat((int) name.chars().filter(c -> c == '/').count()) + MAIN;
            return FROM.matcher(source).replaceAll(m -> {
                String of = resolved(name, m.group(3));
                if (!joined.containsKey(of)) {
                    return Matcher.quoteReplacement(m.group());
                }
                String variable = variable(of);
                return Matcher.quoteReplacement(
                        m.group(2) == null
                                ? ""
                                : "import {" + variable + "} from '" + main + "'; const " + local(m.group(2)) + " = "
                                        + variable + ";");
            });
        }

        /** What an import names, as a declaration does. */
        private static String local(String imported) {
            return imported.startsWith("*")
                    ? imported.replaceFirst("\\*\\s*as\\s+", "")
                    : imported.replaceAll("\\s+as\\s+", ": ");
        }

        /** {@code a as b} as {@code b: a}. */
        private static String swapped(String exported) {
            return exported.replaceAll("([\\w$]+)\\s+as\\s+([\\w$]+)", "$2: $1");
        }

        private static String variable(String name) {
            return name.substring(0, name.lastIndexOf('.')).replaceAll("\\W", "_");
        }

        private static String resolved(String name, String path) {
            return Path.of("/" + name)
                    .resolveSibling(path)
                    .normalize()
                    .toString()
                    .substring(1)
                    .replace('\\', '/');
        }
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
