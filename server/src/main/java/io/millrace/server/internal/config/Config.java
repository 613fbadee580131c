package io.millrace.server.internal.config;

import io.millrace.engine.spi.Fixed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings as resolved: flag beats environment beats file beats default. Immutable. */
public final class Config {
    private static final String PREFIX = "MILLRACE_";
    private static final String DEFAULT = "default";

    /** Variables that the launcher reads, not the program. */
    private static final List<String> LAUNCHER = List.of("MILLRACE_JAVA_OPTS");

    /** Variables that Kubernetes sets in every pod for a service whose name is, or begins with, millrace. */
    private static final Pattern OF_SERVICE = Pattern.compile(
            "MILLRACE_(\\w+_)?(SERVICE_(HOST|PORT(_\\w+)?)|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern OF_SERVICE_TOO = Pattern.compile("(tcp|udp|sctp)://\\S*");

    private record Resolved(Object value, String text, String origin) {}

    @Fixed("one for each setting")
    private final Map<Setting<?>, Resolved> resolved = new LinkedHashMap<>();

    @Fixed("one for each setting at most")
    private final List<String> warnings = new ArrayList<>();

    private Config() {}

    /**
     * Resolves all settings.
     *
     * @param flags what the command line says, by key; null values stand for "not said"
     * @param environment all of it: what does not begin with {@code MILLRACE_} is left alone; so is what is empty, or set
     *     by Kubernetes, with a warning
     * @param file the file to read, or null
     * @throws ConfigException for an unknown key or a bad value
     */
    public static Config resolve(Map<String, String> flags, Map<String, String> environment, Path file) {
        Map<String, String> inFile = file == null ? Map.of() : ConfigFile.read(file);
        inFile.keySet().forEach(key -> known(key, file + ": " + key));
        Config config = new Config();
        Map<String, String> ours = config.ours(environment);
        for (Setting<?> setting : Settings.ALL) {
            config.resolve(setting, flags, ours, inFile, file);
        }
        return config;
    }

    /** The variables that are settings; an unknown one is an error. */
    private Map<String, String> ours(Map<String, String> environment) {
        Set<String> known = Settings.ALL.stream().map(Setting::variable).collect(Collectors.toSet());
        Map<String, String> ours = new TreeMap<>();
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            String value = variable.getValue();
            if (!name.startsWith(PREFIX) || LAUNCHER.contains(name)) {
                continue;
            }
            if (OF_SERVICE_TOO.matcher(value).matches()
                    || !known.contains(name) && OF_SERVICE.matcher(name).matches()) {
                warnings.add(name + " is ignored: Kubernetes sets it for a service, it is no setting");
            } else if (value.isBlank()) {
                warnings.add(name + " is ignored: it is empty");
            } else if (!known.contains(name)) {
                unknown("environment variable " + name);
            } else {
                ours.put(name, value);
            }
        }
        return ours;
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
            put(setting, setting.fallback(), DEFAULT);
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

    /** These, but what a running server takes up as it is in others. */
    public Config takingUp(Config next) {
        Config both = new Config();
        both.warnings.addAll(next.warnings);
        for (Setting<?> setting : Settings.ALL) {
            Resolved value = (takenUp(setting, next) ? next : this).resolved.get(setting);
            if (value != null) {
                both.resolved.put(setting, value);
            }
        }
        return both;
    }

    /** Whether a running server with these settings takes up what another says of one. */
    public boolean takenUp(Setting<?> setting, Config next) {
        boolean began = resolved.containsKey(setting) != next.resolved.containsKey(setting);
        return setting.live() && !(began && Settings.OPENED_AT_START.contains(setting));
    }

    /** The settings whose values differ from those of others. */
    public List<Setting<?>> changedFrom(Config before) {
        return Settings.ALL.stream()
                .filter(setting -> !Objects.equals(text(setting), before.text(setting)))
                .toList();
    }

    /** The value as it was written, masked when it is a secret; {@code not set} when there is none. */
    public String shown(Setting<?> setting) {
        String text = text(setting);
        return text == null ? "not set" : setting.secret() ? "********" : text;
    }

    private String text(Setting<?> setting) {
        Resolved found = resolved.get(setting);
        return found == null ? null : found.text();
    }

    /** What was left alone and might surprise, one line each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** One line for each setting that somebody has set, with where; secrets are masked. */
    public List<String> lines() {
        List<Map.Entry<Setting<?>, Resolved>> set = resolved.entrySet().stream()
                .filter(entry -> !entry.getValue().origin().equals(DEFAULT))
                .toList();
        int width = set.stream()
                .mapToInt(entry -> entry.getKey().key().length())
                .max()
                .orElse(0);
        return set.stream()
                .map(entry -> line(entry.getKey(), entry.getValue(), width))
                .toList();
    }

    private static String line(Setting<?> setting, Resolved value, int width) {
        String text = setting.secret() ? "********" : value.text();
        return String.format(Locale.ROOT, "%-" + width + "s = %s   (%s)", setting.key(), text, value.origin());
    }
}
