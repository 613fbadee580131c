package io.millrace.engine.internal.enrich;

import io.millrace.engine.Campaign;
import io.millrace.engine.internal.enrich.Sources.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Groups source and medium into a channel: the names dashboards show. Immutable. */
record Channels(Sources sources) {
    private static final Pattern PAID = Pattern.compile("(.*cp.*|ppc|retargeting|paid.*)");

    private static final Set<String> DISPLAY = Set.of("display", "banner", "expandable", "interstitial");

    /**
     * The channel of a visit.
     *
     * @param source where it comes from
     * @param referrerHost null: none
     * @param click the click id of the URL, or null
     */
    String of(Sources.Source source, String referrerHost, Campaign campaign, Sources.ClickId click, boolean affiliate) {
        String medium = campaign.medium() == null ? "" : campaign.medium().toLowerCase(Locale.ROOT);
        Kind kind = source.kind();
        boolean paid = click != null && click.paid() || PAID.matcher(medium).matches();
        if (affiliate || medium.equals("affiliate") || medium.equals("affiliates")) {
            return "Affiliate";
        }
        if (kind == Kind.EMAIL || sources.isEmail(medium)) {
            return "Email";
        }
        if (kind == Kind.AI) {
            return "AI";
        }
        if (DISPLAY.contains(medium)) {
            return "Display";
        }
        if (kind == Kind.SEARCH) {
            return paid ? "Paid Search" : "Organic Search";
        }
        if (kind == Kind.SOCIAL || medium.startsWith("social")) {
            return paid ? "Paid Social" : "Organic Social";
        }
        if (medium.equals("cpm")) {
            return "Display";
        }
        if (paid) {
            return "Paid Other";
        }
        return referrerHost != null || medium.equals("referral") ? "Referral" : "Campaign";
    }
}
