package io.millrace.server.internal.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/**
 * What a setting takes. Immutable.
 *
 * @param expects for people: what a right value is
 * @param parse throws {@link IllegalArgumentException} for any other
 * @param secret whether values are masked when they are shown
 */
public record Kind<T>(String expects, Function<String, T> parse, boolean secret) {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*([a-z]*)");
    private static final Pattern SECRET_OF_SITE = Pattern.compile("([1-9][0-9]{0,8})\\s*:\\s*(\\S{8,200})");
    private static final Pattern PATH =
            Pattern.compile("(?!/$)(?:/(?!\\.{0,2}/|\\.{1,2}$)[A-Za-z0-9._~!$&'()*+;=:@-]*)+");

    private static final Pattern LEVEL_OF = Pattern.compile("([A-Za-z_][A-Za-z0-9_.]{0,200})\\s*=\\s*([a-zA-Z]+)");

    /** A hundred years: more cannot be meant, and would overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    Kind(String expects, Function<String, T> parse) {
        this(expects, parse, false);
    }

    static final Kind<String> TEXT = new Kind<>("a text", Kind::some);
    static final Kind<String> SECRET = new Kind<>("a text", Kind::some, true);
    static final Kind<Boolean> FLAG = oneOf("true", "false").map(Boolean::valueOf);
    public static final Kind<Duration> DURATION =
            new Kind<>("a time such as 500ms, 30s, 10m, 24h or 60d", text -> atLeast(Duration.ofMillis(1), text));
    static final Kind<LocalTime> TIME = new Kind<>("a time of day such as 03:30", text -> {
        require(text.matches("([01]\\d|2[0-3]):[0-5]\\d"));
        return LocalTime.parse(text);
    });
    static final Kind<Duration> DAYS =
            new Kind<>("a time of at least 1d, such as 365d", text -> atLeast(Duration.ofDays(1), text));
    static final Kind<Long> BYTES = new Kind<>("a size such as 65536, 64k, 256m or 1g", Kind::bytes);
    static final Kind<List<String>> TEXTS = new Kind<>("texts with commas between them", Kind::texts);

    static final Kind<Path> FILE = new Kind<>("a file", text -> Path.of(some(text)));

    /** A file that holds a secret, whose name need not be known to everybody who reads a log. */
    static final Kind<Path> SECRET_FILE = new Kind<>("a file", text -> Path.of(some(text)), true);

    /** Secrets of sites, of which each may have several. */
    static final Kind<Map<Integer, List<String>>> SECRETS_OF_SITES = new Kind<>(
            "a site's number, a colon and a secret, such as 1:whsec_abc, with commas between several",
            Kind::secretsOfSites,
            true);

    static final Kind<List<String>> PATHS = new Kind<>("paths that begin with /, with commas between them", text -> {
        List<String> paths = texts(text);
        require(!paths.isEmpty() && paths.stream().allMatch(PATH.asMatchPredicate()));
        return paths;
    });

    static final Kind<String> URL = new Kind<>("an http or https URL", text -> {
        require(text.matches("https?://[^/\\s]+(/\\S*)?"));
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    });

    static final Kind<Integer> POWER_OF_TWO = new Kind<>("a power of two from 64 to 1048576", text -> {
        int n = Integer.parseInt(text);
        require(n >= 64 && n <= 1 << 20 && Integer.bitCount(n) == 1);
        return n;
    });

    static final Kind<Level> LEVEL = oneOf(Level.class);

    /** Levels by the name of what logs. */
    static final Kind<Map<String, Level>> LEVELS =
            new Kind<>("names with a level each, such as io.millrace.http=debug, with commas between them", text -> {
                Map<String, Level> levels = new LinkedHashMap<>();
                for (String part : texts(text)) {
                    Matcher m = LEVEL_OF.matcher(part);
                    require(m.matches());
                    levels.put(m.group(1), LEVEL.parse().apply(m.group(2)));
                }
                require(!levels.isEmpty());
                return levels;
            });

    static Kind<Integer> integer(int least, int most) {
        return new Kind<>("a whole number from " + least + (most == Integer.MAX_VALUE ? "" : " to " + most), text -> {
            int n = Integer.parseInt(text);
            require(n >= least && n <= most);
            return n;
        });
    }

    static Kind<String> oneOf(String... words) {
        List<String> all = List.of(words);
        return new Kind<>(String.join(" or ", all), text -> {
            String word = text.toLowerCase(Locale.ROOT);
            require(all.contains(word));
            return word;
        });
    }

    /** The constants of an enumeration, written in lower case and with hyphens. */
    static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        Map<String, E> constants = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            constants.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return oneOf(constants.keySet().toArray(String[]::new)).map(constants::get);
    }

    <R> Kind<R> map(Function<T, R> then) {
        return new Kind<>(expects, parse.andThen(then), secret);
    }

    private static Duration atLeast(Duration least, String text) {
        Duration time = duration(text);
        require(time.compareTo(least) >= 0);
        return time;
    }

    /** Reads {@code 30s} and its like, up to a hundred years. */
    public static Duration duration(String text) {
        Matcher m = AMOUNT.matcher(text);
        require(m.matches());
        long n = Long.parseLong(m.group(1));
        ChronoUnit unit = switch (m.group(2)) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            case "d" -> ChronoUnit.DAYS;
            default -> throw new IllegalArgumentException();
        };
        require(n <= LONGEST.dividedBy(unit.getDuration()));
        return unit.getDuration().multipliedBy(n);
    }

    private static Long bytes(String text) {
        Matcher m = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
        require(m.matches());
        int shift = List.of("", "k", "m", "g").indexOf(m.group(2)) * 10;
        require(shift >= 0);
        return Math.multiplyExact(Long.parseLong(m.group(1)), 1L << shift);
    }

    private static List<String> texts(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toUnmodifiableList());
    }

    private static Map<Integer, List<String>> secretsOfSites(String text) {
        Map<Integer, List<String>> secrets = new LinkedHashMap<>();
        for (String part : texts(text)) {
            Matcher m = SECRET_OF_SITE.matcher(part);
            require(m.matches());
            secrets.computeIfAbsent(Integer.valueOf(m.group(1)), site -> new ArrayList<>())
                    .add(m.group(2));
        }
        require(!secrets.isEmpty());
        return secrets;
    }

    /** Something at least: an empty one is a variable of a script that is not set. */
    private static String some(String text) {
        require(!text.isEmpty());
        return text;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}
