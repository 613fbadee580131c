package io.millrace.perf.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown document whose tables stand between marks: {@code <!-- begin NAME -->} and {@code <!-- end NAME -->}. */
final class Document {
    private Document() {}

    /** Replaces what stands between the marks of a name; appends both when they are not there yet. */
    static void replace(Path file, String name, String content) throws IOException {
        String begin = "<!-- begin " + name + " -->";
        String end = "<!-- end " + name + " -->";
        String block = begin + "\n" + content.strip() + "\n" + end;
        String text = Files.exists(file) ? Files.readString(file) : "";
        Matcher old = Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(text);
        Files.writeString(
                file, old.find() ? old.replaceFirst(Matcher.quoteReplacement(block)) : text + "\n" + block + "\n");
    }
}
