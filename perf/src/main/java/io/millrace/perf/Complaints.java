package io.millrace.perf;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What is wrong, in a line, with the name of the command that says it. */
public final class Complaints {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private static final Pattern CHOICE =
            Pattern.compile("(--\\S+: )expected one of \\[(.*)] \\(case-insensitive\\) but was ('.*')");

    private Complaints() {}

    /** Of a command line that cannot be understood. */
    public static int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + plain(firstLine(e)));
        command.getErr().println("Try '" + name + " --help'.");
        return USAGE;
    }

    /** Of a command that failed. */
    public static int failed(Exception e, CommandLine command, ParseResult parsed) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + firstLine(e));
        return FAILED;
    }

    /** Without names of Java's types, and choices in the case that is typed. */
    private static String plain(String problem) {
        String named = problem.replaceFirst("^Invalid value for option '(--[\\w-]+)'(?: \\(.*?\\))?: ", "$1: ")
                .replaceFirst(" is not an? (int|long)$", " is not a whole number")
                .replaceFirst(" is not a double$", " is not a number");
        Matcher choice = CHOICE.matcher(named);
        return choice.matches()
                ? choice.group(1) + choice.group(3) + " is not one of "
                        + choice.group(2).toLowerCase(Locale.ROOT)
                : named;
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message.lines().findFirst().orElse(e.toString());
    }
}
