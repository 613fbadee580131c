package io.millrace.perf.measure;

import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every measurement. */
final class Common {
    /** A picture beside Markdown does not inherit the page's colour. */
    private static final String COLOURS =
            "<style>svg{color:#1f2328}@media(prefers-color-scheme:dark){svg{color:#e6edf3}}</style>";

    @Option(names = "--server", description = "The server's jar. Default: millrace.jar beside this program's.")
    private Path jar;

    @Option(names = "--into", description = "The document whose table is replaced, such as docs/performance.md.")
    private Path document;

    @Option(names = "--charts", description = "The directory for charts. Default: charts beside the document.")
    private Path charts;

    Millrace.Setup setup(String... serveOptions) throws IOException {
        return Millrace.Setup.of(jar, serveOptions);
    }

    /** Prints a finished table, and puts it into the document if there is one. */
    void publish(String name, String content) throws IOException {
        System.out.println(content);
        if (document != null) {
            Document.replace(document, name, content);
        }
    }

    /** Keeps a chart; returns the Markdown that shows it, or nothing when there is no document. */
    String chart(String name, String title, String svg) throws IOException {
        if (document == null) {
            return "";
        }
        Path directory = charts != null ? charts : document.toAbsolutePath().resolveSibling("charts");
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(name + ".svg"), svg.replaceFirst(">", ">" + COLOURS));
        return "\n![" + title + "](" + directory.getFileName() + "/" + name + ".svg)\n";
    }

    static void say(String format, Object... values) {
        System.err.printf(java.util.Locale.ROOT, format + "%n", values);
    }
}
