package io.millrace.perf;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What is wrong, in a line, with the name of the command that says it. */
public final class Complaints {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Complaints() {}

    /** Of a command line that cannot be understood. */
    public static int usage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + firstLine(e));
        command.getErr().println("Try '" + name + " --help'.");
        return USAGE;
    }

    /** Of a command that failed. */
    public static int failed(Exception e, CommandLine command, ParseResult parsed) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + firstLine(e));
        return FAILED;
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message.lines().findFirst().orElse(e.toString());
    }
}
