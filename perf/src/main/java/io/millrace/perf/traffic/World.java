package io.millrace.perf.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** What visitors choose from: pages, agents, sources and countries, as bytes ready to send. Immutable. */
final class World {
    static final int PATHS = 500;
    static final int AGENTS = 160;

    private static final String[] SECTIONS = {"blog", "docs", "guides", "products", "news", "help", "tags", "about"};
    private static final String[] WORDS = {
        "getting-started", "pricing", "release-notes", "how-we-work", "performance", "privacy", "sqlite", "analytics",
        "self-hosting", "backup", "migration", "dashboard", "events", "funnels", "faq", "changelog"
    };
    private static final String[] COUNTRY_CODES = {
        "US", "DE", "GB", "FR", "IN", "CA", "NL", "ES", "BR", "IT", "AU", "PL", "JP", "SE", "CH", "AT", "MX", "BE",
        "DK", "NO", "FI", "IE", "PT", "CZ", "NZ", "ZA", "KR", "SG", "RO", "GR"
    };
    private static final String[] REFERRERS = {
        "",
        "https://www.google.com/",
        "https://news.ycombinator.com/",
        "https://t.co/x1",
        "https://duckduckgo.com/",
        "https://www.bing.com/",
        "https://www.reddit.com/r/selfhosted/",
        "https://github.com/",
        "https://lobste.rs/",
        "https://www.linkedin.com/",
        "https://chatgpt.com/",
        "https://mastodon.social/",
        "https://www.youtube.com/",
        "https://dev.to/",
        "https://medium.com/",
        "https://www.facebook.com/",
        "https://search.brave.com/",
        "https://www.ecosia.org/",
        "https://yandex.com/",
        "https://bsky.app/",
        "https://stackoverflow.com/",
        "https://www.perplexity.ai/",
        "https://hackernewsletter.com/",
        "https://javaweekly.example/"
    };
    private static final String[] CAMPAIGNS = {
        "?utm_source=newsletter&utm_medium=email&utm_campaign=november",
        "?utm_source=google&utm_medium=cpc&utm_campaign=brand",
        "?utm_source=partner&utm_medium=referral&utm_campaign=launch"
    };

    final byte[][] paths = new byte[PATHS][];
    final byte[][] titles = new byte[PATHS][];
    final byte[][] agents = new byte[AGENTS][];
    final byte[][] languages = new byte[AGENTS][];
    final int[][] screens = new int[AGENTS][];
    final byte[][] countries = bytes(COUNTRY_CODES);
    /** Sources: every referrer plain, then the campaigns without referrer. */
    final byte[][] referrers = bytes(REFERRERS);

    final byte[][] campaigns = bytes(CAMPAIGNS);

    World() {
        for (int i = 0; i < PATHS; i++) {
            String word = WORDS[i % WORDS.length];
            paths[i] = i == 0 ? b("/") : b("/" + SECTIONS[i / WORDS.length % SECTIONS.length] + "/" + word + "-" + i);
            titles[i] = b(i == 0 ? "Home" : word.replace('-', ' ') + ", part " + i);
        }
        List<String> all = agentTexts();
        for (int i = 0; i < AGENTS; i++) {
            String agent = all.get(i);
            agents[i] = b(agent);
            languages[i] = b(i % 3 == 0 ? "en-US" : i % 3 == 1 ? "de-DE" : "fr");
            screens[i] = agent.contains("Mobile") ? new int[] {390 + i % 4, 844} : new int[] {1920 - i % 5 * 160, 1080};
        }
    }

    int sources() {
        return referrers.length + campaigns.length;
    }

    /** 160 agents by version and system, commonest first. */
    private static List<String> agentTexts() {
        List<String> all = new ArrayList<>();
        String[] desktops = {
            "Windows NT 10.0; Win64; x64",
            "Macintosh; Intel Mac OS X 10_15_7",
            "X11; Linux x86_64",
            "X11; CrOS x86_64 14541.0.0"
        };
        for (int v = 142; all.size() < AGENTS; v--) {
            String chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + v + ".0.0.0";
            for (String desktop : desktops) {
                all.add("Mozilla/5.0 (" + desktop + ") " + chrome + " Safari/537.36");
            }
            all.add("Mozilla/5.0 (Linux; Android 10; K) " + chrome + " Mobile Safari/537.36");
            all.add("Mozilla/5.0 (iPhone; CPU iPhone OS " + (v - 124) + "_1 like Mac OS X) AppleWebKit/605.1.15 "
                    + "(KHTML, like Gecko) Version/" + (v - 124) + ".1 Mobile/15E148 Safari/604.1");
            all.add("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/"
                    + (v - 124) + ".0 Safari/605.1.15");
            all.add("Mozilla/5.0 (" + desktops[v % 3] + "; rv:" + v + ".0) Gecko/20100101 Firefox/" + v + ".0");
            all.add("Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + chrome + " Safari/537.36 Edg/" + v + ".0.0.0");
            all.add("Mozilla/5.0 (Linux; Android 14; SM-S92" + v % 10 + "B) "
                    + chrome.replace("Chrome", "SamsungBrowser/27.0 Chrome") + " Mobile Safari/537.36");
        }
        return all;
    }

    private static byte[][] bytes(String[] texts) {
        byte[][] all = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            all[i] = b(texts[i]);
        }
        return all;
    }

    static byte[] b(String text) {
        return text.getBytes(UTF_8);
    }
}
