package io.millrace.server.internal.log;

import java.util.Map;
import org.slf4j.event.Level;

/**
 * What is logged, and how. Immutable.
 *
 * @param level the least that the program's own lines must be
 * @param levels the same for parts by the name of what logs
 * @param repeats how often lines of one kind are logged in a minute; 0: any number
 */
public record LogSettings(Format format, Level level, Map<String, Level> levels, int repeats) {
    /** As it is until settings are read, and for commands. */
    public static final LogSettings DEFAULT = new LogSettings(Format.TEXT, Level.INFO, Map.of(), 0);

    /** How a line looks. */
    public enum Format {
        /** For people. */
        TEXT,
        /** One JSON object. */
        JSON
    }

    public LogSettings {
        levels = Map.copyOf(levels);
    }
}
