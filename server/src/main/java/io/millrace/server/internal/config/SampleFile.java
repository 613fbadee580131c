package io.millrace.server.internal.config;

import java.util.regex.Pattern;

/** The file with settings that a release brings: each with what it is for, what it takes and its default, commented out. */
public final class SampleFile {
    private static final String HEAD = """
            # Settings of Millrace, as `millrace config sample` prints them. All of them are optional: a line is in force once the
            # '#' before its key is gone. A flag or a MILLRACE_ variable beats this file; `millrace config check` says what holds.
            # A running server takes up those marked [live] on SIGHUP or `millrace config reload`; the others need a restart.
            """;

    /** What TOML writes without quotes. */
    private static final Pattern BARE = Pattern.compile("true|false|-?\\d+");

    private SampleFile() {}

    public static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Setting<?> setting : Settings.ALL) {
            text.append("\n# ")
                    .append(setting.help())
                    .append(": ")
                    .append(setting.kind().expects())
                    .append(" (")
                    .append(setting.variable())
                    .append(setting.live() ? ") [live]\n#" : ")\n#")
                    .append(setting.key())
                    .append(" = ")
                    .append(value(setting.fallback()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String value(String fallback) {
        if (fallback == null) {
            return "\"\"   # not set";
        }
        return BARE.matcher(fallback).matches() ? fallback : '"' + fallback + '"';
    }
}
