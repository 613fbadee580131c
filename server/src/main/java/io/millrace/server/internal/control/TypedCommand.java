package io.millrace.server.internal.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line on its way to the process that owns the data directory. On the wire: one line for the directory, one
 * for the terminal, one for the process, one for each argument, and an empty line; each line is a word, a blank and
 * percent-encoded text. Immutable.
 *
 * @param directory where the command was typed: relative paths among the arguments start there
 * @param terminal whether a person is watching
 * @param process the id of the process that it was typed for: files that are open there are read there
 */
public record TypedCommand(Path directory, boolean terminal, long process, List<String> arguments) {

    /** One that was typed for this process. */
    public TypedCommand(Path directory, boolean terminal, List<String> arguments) {
        this(directory, terminal, ProcessHandle.current().pid(), arguments);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Line.of("dir", directory.toString()));
        lines.add(Line.of("tty", Boolean.toString(terminal)));
        lines.add(Line.of("pid", Long.toString(process)));
        arguments.forEach(argument -> lines.add(Line.of("arg", argument)));
        lines.add("");
        return lines;
    }

    static TypedCommand of(List<String> lines) {
        Path directory = Path.of("");
        boolean terminal = false;
        long process = 0;
        List<String> arguments = new ArrayList<>();
        for (String line : lines) {
            String text = Line.text(line);
            switch (Line.word(line)) {
                case "dir" -> directory = Path.of(text);
                case "tty" -> terminal = Boolean.parseBoolean(text);
                case "pid" -> process = Long.parseLong(text);
                case "arg" -> arguments.add(text);
                default -> throw new IllegalArgumentException("not a call: " + Line.word(line));
            }
        }
        return new TypedCommand(directory, terminal, process, List.copyOf(arguments));
    }
}
