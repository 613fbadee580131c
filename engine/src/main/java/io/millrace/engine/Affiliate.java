package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Somebody who sends visitors to a site and is paid a share. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param slug what links carry; lower case
 * @param rate the share of revenue, 0 to 1
 * @param window how long after an affiliate visit a conversion still counts for it
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Affiliate(int id, int siteId, String slug, String name, double rate, Duration window)
        implements AffiliateBuilder.With {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9_-]{1,64}");

    /**
     * A slug as it is stored: of letters, digits, - and _, at most 64 of them.
     *
     * @return lower case, or null when the text is none
     */
    public static String slugOf(String text) {
        String slug = text.toLowerCase(Locale.ROOT);
        return SLUG.matcher(slug).matches() ? slug : null;
    }
}
