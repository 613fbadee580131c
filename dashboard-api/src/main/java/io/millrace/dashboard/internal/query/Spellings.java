package io.millrace.dashboard.internal.query;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.HostNames;
import io.millrace.engine.UrlText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The spellings of a value. Hosts and codes have one: {@code Bücher.example} is asked for as
 * {@code xn--bcher-kva.example}, {@code Germany} as {@code DE}. A path with letters that URLs escape may have more: people ask for {@code /caf\u00e9}, and
 * rows may have it so or as {@code /caf%C3%A9} or {@code /caf%c3%a9}. Pure functions.
 */
public final class Spellings {
    /** What reports show for an absent value. */
    public static final String NONE = "(none)";

    /** Several in a row, which are as good as one. */
    private static final Pattern WILDCARDS = Pattern.compile("(?<!\\\\)\\*{2,}");

    private static final Set<Dimension> PATHS = Set.of(Dimension.PAGE, Dimension.ENTRY_PAGE, Dimension.EXIT_PAGE);
    private static final Pattern ESCAPED = Pattern.compile("(?:%[89a-fA-F][0-9a-fA-F])+");
    private static final Pattern LETTERS = Pattern.compile("[^\\x00-\\x7F]+");

    private Spellings() {}

    /**
     * The pattern and its other spellings; the pattern alone where there are none.
     *
     * @throws ApiException when no value can be called so
     */
    public static List<String> of(Attribute attribute, String pattern) {
        if (!(attribute instanceof Dimension dimension)) {
            return List.of(pattern);
        }
        return switch (dimension) {
            case HOSTNAME -> with(pattern, HostNames.of(pattern));
            case COUNTRY -> with(pattern, CodeNames.country(pattern));
            case LANGUAGE -> with(pattern, CodeNames.language(pattern));
            case DEVICE -> with(pattern, pattern.toLowerCase(Locale.ROOT));
            default -> PATHS.contains(dimension) ? ofPath(pattern) : List.of(pattern);
        };
    }

    /** The name of a value in reports, where an absent one is called {@link #NONE} and a filter can be made of each. */
    public static String shown(String value) {
        return value == null || value.isEmpty() ? NONE : value.equals(NONE) ? '\\' + NONE : value;
    }

    /** The pattern of a value as parameters have it. */
    static String pattern(String value) {
        return value.equals(NONE) ? "" : WILDCARDS.matcher(value).replaceAll("*");
    }

    private static List<String> with(String pattern, String spelling) {
        return spelling == null || spelling.equals(pattern) ? List.of(pattern) : List.of(pattern, spelling);
    }

    private static List<String> ofPath(String pattern) {
        String readable = ESCAPED.matcher(pattern).replaceAll(run -> Matcher.quoteReplacement(read(run)));
        String escaped = LETTERS.matcher(readable).replaceAll(Spellings::escape);
        String lower = LETTERS.matcher(readable).replaceAll(run -> escape(run).toLowerCase(Locale.ROOT));
        return Stream.of(pattern, UrlText.path(pattern), readable, escaped, lower)
                .distinct()
                .toList();
    }

    /** What is no UTF-8 stays as it is. */
    private static String read(MatchResult run) {
        byte[] bytes = HexFormat.of().parseHex(run.group().replace("%", ""));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return run.group();
        }
    }

    private static String escape(MatchResult letters) {
        byte[] bytes = letters.group().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().withPrefix("%").withUpperCase().formatHex(bytes);
    }
}
