package io.millrace.dashboard.internal.query;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.spi.Fixed;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The codes of countries and languages by what they are called in English. Thread-safe. */
final class CodeNames {
    /** What is no name but a code, a pattern, or no value at all. */
    private static final Pattern CODE = Pattern.compile(".{0,3}|.*[*\\\\\\d].*");

    private static final Pattern DECORATION = Pattern.compile("[^\\p{L}]+");

    @Fixed("made of the JDK's list")
    private static final Map<String, String> COUNTRIES = codes(
            Locale.getISOCountries(),
            code -> new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH));

    @Fixed("made of the JDK's list")
    private static final Map<String, String> LANGUAGES = codes(
            Locale.getISOLanguages(),
            code -> new Locale.Builder().setLanguage(code).build().getDisplayLanguage(Locale.ENGLISH));

    private CodeNames() {}

    private static Map<String, String> codes(String[] all, Function<String, String> name) {
        Map<String, String> codes = new HashMap<>();
        Arrays.stream(all).forEach(code -> codes.putIfAbsent(folded(name.apply(code)), code));
        return codes;
    }

    private static String folded(String name) {
        String bare = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return DECORATION.matcher(bare).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /**
     * The code of a country, {@code DE} for {@code de} and {@code Germany}.
     *
     * @throws ApiException when it is a name, and that of none: nothing could have it
     */
    static String country(String text) {
        if (CODE.matcher(text).matches()) {
            return text.toUpperCase(Locale.ROOT);
        }
        String code = COUNTRIES.get(folded(text));
        if (code == null) {
            throw ApiException.parameter(
                    "country", "must be a code such as DE, or what a country is called in English");
        }
        return code;
    }

    /** The code of a language, {@code de} for {@code German}; the text itself when it is no name. */
    static String language(String text) {
        return CODE.matcher(text).matches() ? text : LANGUAGES.getOrDefault(folded(text), text);
    }
}
