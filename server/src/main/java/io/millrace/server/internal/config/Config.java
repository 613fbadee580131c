package io.millrace.server.internal.config;

import io.millrace.engine.spi.Fixed;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings as resolved: flag beats environment beats file beats default. Immutable. */
public final class Config {
    private static final String PREFIX = "MILLRACE_";

    /** Variables that the launcher reads, not the program. */
    private static final List<String> LAUNCHER = List.of("MILLRACE_JAVA_OPTS");

    private record Resolved(Object value, String text, String origin) {}

    @Fixed("one for each setting")
    private final Map<Setting<?>, Resolved> resolved = new LinkedHashMap<>();

    private Config() {}

    /**
     * Resolves all settings.
     *
     * @param flags what the command line says, by key; null values stand for "not said"
     * @param environment all of it: what does not begin with {@code MILLRACE_} is left alone
     * @param file the file to read, or null
     * @throws ConfigException for an unknown key or a bad value
     */
    public static Config resolve(Map<String, String> flags, Map<String, String> environment, Path file) {
        Map<String, String> inFile = file == null ? Map.of() : ConfigFile.read(file);
        inFile.keySet().forEach(key -> known(key, file + ": " + key));
        Map<String, Setting<?>> variables =
                Settings.ALL.stream().collect(Collectors.toMap(Setting::variable, setting -> setting));
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !LAUNCHER.contains(name) && !variables.containsKey(name))
                .findFirst()
                .ifPresent(name -> unknown("environment variable " + name));
        Config config = new Config();
        for (Setting<?> setting : Settings.ALL) {
            config.resolve(setting, flags, environment, inFile, file);
        }
        return config;
    }

    private void resolve(
            Setting<?> setting,
            Map<String, String> flags,
            Map<String, String> environment,
            Map<String, String> inFile,
            Path file) {
        if (flags.get(setting.key()) != null) {
            put(setting, flags.get(setting.key()), setting.flag());
        } else if (environment.get(setting.variable()) != null) {
            put(setting, environment.get(setting.variable()), setting.variable());
        } else if (inFile.get(setting.key()) != null) {
            put(setting, inFile.get(setting.key()), file + ": " + setting.key());
        } else if (setting.fallback() != null) {
            put(setting, setting.fallback(), "default");
        }
    }

    private void put(Setting<?> setting, String text, String origin) {
        try {
            resolved.put(setting, new Resolved(setting.kind().parse().apply(text.strip()), text.strip(), origin));
        } catch (IllegalArgumentException | ArithmeticException e) {
            String shown = setting.secret() ? "its value" : "'" + text.strip() + "'";
            throw new ConfigException(
                    origin + ": " + shown + " is not " + setting.kind().expects());
        }
    }

    private static void known(String key, String where) {
        if (Settings.ALL.stream().noneMatch(setting -> setting.key().equals(key))) {
            unknown(where);
        }
    }

    private static void unknown(String where) {
        throw new ConfigException(where + ": there is no such setting");
    }

    /** The value of a setting, or null when it has no default and nobody said. */
    @SuppressWarnings("unchecked") // what a Kind<T> parses is a T
    public <T> T get(Setting<T> setting) {
        Resolved found = resolved.get(setting);
        return found == null ? null : (T) found.value();
    }

    /** One line for each setting, with where it came from; secrets are masked. */
    public List<String> lines() {
        int width = resolved.keySet().stream()
                .mapToInt(setting -> setting.key().length())
                .max()
                .orElse(0);
        return resolved.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue(), width))
                .toList();
    }

    private static String line(Setting<?> setting, Resolved value, int width) {
        String origin = value.origin().equals("default") ? "" : "   (" + value.origin() + ")";
        String text = setting.secret() ? "********" : value.text();
        return String.format(Locale.ROOT, "%-" + width + "s = %s%s", setting.key(), text, origin);
    }
}
