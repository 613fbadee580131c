package io.millrace.server.internal.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a value, as settings say it: without names of Java's types, choices in the case that is typed. */
final class Usage {
    private static final Pattern OPTION = Pattern.compile(
            "^Invalid value for (?:option '(--[\\w-]+)'(?: \\(.*?\\))?|positional parameter at index \\S+ \\((.*?)\\)): ");
    private static final Pattern CHOICE =
            Pattern.compile("expected one of \\[(.*)] \\(case-(?:in)?sensitive\\) but was ('.*')$");
    private static final Pattern NUMBER = Pattern.compile("('.*') is not an? (?:int|long|(double))$");
    private static final Pattern TYPE = Pattern.compile("cannot convert ('.*') to (\\w+) \\(.*\\)$");

    private Usage() {}

    /** A message of the parser, for people. */
    static String problem(String message) {
        Matcher option = OPTION.matcher(message);
        if (!option.find()) {
            return message;
        }
        String name = option.group(1) != null ? option.group(1) : option.group(2);
        return name + ": " + value(message.substring(option.end()));
    }

    private static String value(String problem) {
        Matcher choice = CHOICE.matcher(problem);
        if (choice.find()) {
            return choice.group(2) + " is not one of " + choice.group(1).toLowerCase(Locale.ROOT);
        }
        Matcher number = NUMBER.matcher(problem);
        if (number.find()) {
            return number.group(1) + (number.group(2) == null ? " is not a whole number" : " is not a number");
        }
        Matcher type = TYPE.matcher(problem);
        return type.find() ? type.group(1) + " is no " + type.group(2) : problem;
    }
}
