package io.millrace.engine.internal.enrich;

import io.millrace.engine.Campaign;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Groups source and medium into a channel: the names dashboards show. Pure functions. */
final class Channels {
    private static final Pattern PAID = Pattern.compile("(.*cp.*|ppc|retargeting|paid.*)");
    private static final Set<String> SEARCH = Set.of(
            "google",
            "bing",
            "duckduckgo",
            "yahoo",
            "yandex",
            "baidu",
            "ecosia",
            "qwant",
            "startpage",
            "brave",
            "naver");
    private static final Set<String> SOCIAL = Set.of(
            "facebook",
            "fb",
            "instagram",
            "twitter",
            "x",
            "t.co",
            "linkedin",
            "lnkd.in",
            "reddit",
            "pinterest",
            "tiktok",
            "youtube",
            "youtu.be",
            "mastodon",
            "threads",
            "bsky",
            "vk",
            "whatsapp",
            "telegram",
            "snapchat",
            "news.ycombinator",
            "quora",
            "tumblr",
            "discord");
    private static final Set<String> AI = Set.of(
            "chatgpt",
            "openai",
            "perplexity",
            "claude",
            "gemini",
            "copilot",
            "mistral",
            "deepseek",
            "grok",
            "poe",
            "you",
            "phind");
    private static final Set<String> EMAIL = Set.of("email", "e-mail", "e_mail", "newsletter", "mail");

    private Channels() {}

    /**
     * The channel of a visit.
     *
     * @param clickId whether the URL carries an advertiser's click id
     */
    static String of(String source, String referrerHost, Campaign campaign, boolean clickId, boolean affiliate) {
        String medium = lower(campaign.medium());
        String name = base(source);
        boolean paid = clickId || PAID.matcher(medium).matches();
        if (affiliate || medium.equals("affiliate")) {
            return "Affiliate";
        }
        if (EMAIL.contains(medium) || EMAIL.contains(name)) {
            return "Email";
        }
        if (AI.contains(name)) {
            return "AI";
        }
        if (SEARCH.contains(name)) {
            return paid ? "Paid Search" : "Organic Search";
        }
        if (SOCIAL.contains(name) || medium.startsWith("social")) {
            return paid ? "Paid Social" : "Organic Social";
        }
        if (medium.equals("display") || medium.equals("banner") || medium.equals("cpm")) {
            return "Display";
        }
        if (paid) {
            return "Paid Other";
        }
        if (referrerHost == null && campaign.source() == null) {
            return "Direct";
        }
        return referrerHost != null || medium.equals("referral") ? "Referral" : "Campaign";
    }

    private static String lower(String s) {
        return s == null ? "" : s.toLowerCase(Locale.ROOT);
    }

    /** {@code www.google.co.uk}, {@code google} and {@code l.facebook.com} by the name people know them under. */
    private static String base(String source) {
        String s = lower(source);
        if (s.indexOf('.') < 0 || SOCIAL.contains(s)) {
            return s;
        }
        for (String part : s.split("\\.")) {
            if (SEARCH.contains(part)
                    || SOCIAL.contains(part) && part.length() > 2
                    || AI.contains(part) && part.length() > 3) {
                return part;
            }
        }
        return s.equals("x.com") ? "x" : s.startsWith("news.ycombinator") ? "news.ycombinator" : s;
    }
}
