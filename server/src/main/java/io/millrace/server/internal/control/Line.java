package io.millrace.server.internal.control;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** One line of the control socket: a word, a blank and a text, percent-encoded so that it has no line ends. */
final class Line {
    private Line() {}

    static String of(String word, String text) {
        return word + " " + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String word(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? line : line.substring(0, blank);
    }

    static String text(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? "" : URLDecoder.decode(line.substring(blank + 1), StandardCharsets.UTF_8);
    }
}
