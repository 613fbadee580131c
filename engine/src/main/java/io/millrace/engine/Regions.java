package io.millrace.engine;

import io.millrace.engine.spi.Fixed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The codes of ISO 3166-2 by what regions are called; read from {@code regions.tsv} when the first one is asked for. Thread-safe. */
final class Regions {
    private static final String FILE = "regions.tsv";

    /** What a region that is not in the list has for a code: there are new ones each year. */
    private static final Pattern CODE = Pattern.compile("[A-Z0-9]{1,3}");

    private static final Pattern DECORATION = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Of each country its codes by the part behind the country, in capitals, and by folded names, in small letters. */
    @Fixed("read from a file of the program")
    private static final Map<String, Map<String, String>> CODES = load();

    private Regions() {}

    private static Map<String, Map<String, String>> load() {
        Map<String, Map<String, String>> codes = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Regions.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            lines.lines().filter(l -> !l.startsWith("#")).forEach(line -> {
                int tab = line.indexOf('\t');
                String code = line.substring(0, tab);
                Map<String, String> ofCountry = codes.computeIfAbsent(code.substring(0, 2), c -> new HashMap<>());
                ofCountry.put(code.substring(3), code);
                ofCountry.putIfAbsent(folded(line.substring(tab + 1)), code);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
        return codes;
    }

    /**
     * The code of a region of this country, {@code DE-BY} for {@code BY}, {@code de-by}, {@code Bavaria}; the text itself when it
     * is neither a code nor a name.
     *
     * @param country in capitals
     */
    static String code(String country, String region) {
        boolean whole = region.length() > 3 && region.charAt(2) == '-' && region.regionMatches(true, 0, country, 0, 2);
        String part = whole ? region.substring(3) : region;
        Map<String, String> codes = CODES.getOrDefault(country, Map.of());
        String code = codes.get(part);
        if (code == null) {
            code = codes.get(part.toUpperCase(Locale.ROOT));
        }
        if (code == null) {
            code = codes.get(folded(region));
        }
        return code != null ? code : CODE.matcher(part).matches() ? country + '-' + part : region;
    }

    private static String folded(String name) {
        String bare = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return DECORATION.matcher(bare).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
