package io.millrace.engine.internal.enrich;

import com.google.common.base.Strings;
import io.millrace.engine.Agent;
import io.millrace.engine.ClientHints;
import io.millrace.engine.PlainText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An agent with what client hints say better: browsers freeze the versions in their user agents, and some name another browser
 * there. Names stay those of the list of agents where they mean the same. Pure functions.
 */
final class Hinted {
    private static final Pattern BRAND = Pattern.compile("\"([^\"]{1,40})\";\\s*v=\"(\\d{1,4})[^\"]*\"");

    /** What is made up so that nobody relies on the list's order: {@code Not_A Brand}, {@code Not/A)Brand}. */
    private static final Pattern MADE_UP = Pattern.compile("(?i)\\W*not.a.*brand.*");

    private static final Pattern VENDOR = Pattern.compile("^(?:Google|Microsoft) ");
    private static final Pattern VERSION = Pattern.compile("\"?(\\d{1,4})(?:\\.(\\d{1,4}))?[\\d.]*\"?");
    private static final String ENGINE = "Chromium";
    private static final int WINDOWS_11 = 13;

    private Hinted() {}

    static Agent agent(Agent agent, ClientHints hints) {
        if (hints == null) {
            return agent;
        }
        String[] browser = browser(agent, hints);
        String os = os(agent.os(), hints.platform());
        String version = osVersion(os, Strings.nullToEmpty(hints.platformVersion()));
        return new Agent(
                browser[0],
                browser[1],
                os,
                version != null ? version : os != null && os.equals(agent.os()) ? agent.osVersion() : null,
                device(agent.device(), hints));
    }

    /** Name and name with version. */
    private static String[] browser(Agent agent, ClientHints hints) {
        Matcher brands = BRAND.matcher(
                Strings.nullToEmpty(hints.fullVersions() == null ? hints.brands() : hints.fullVersions()));
        String name = null;
        String version = null;
        while (brands.find()) {
            boolean engine = brands.group(1).equals(ENGINE);
            if (!MADE_UP.matcher(brands.group(1)).matches() && (name == null || name.equals(ENGINE) || !engine)) {
                name = brands.group(1);
                version = brands.group(2);
            }
        }
        if (name == null) {
            return new String[] {agent.browser(), agent.browserVersion()};
        }
        String bare = PlainText.strip(PlainText.clean(VENDOR.matcher(name).replaceFirst("")));
        boolean same = agent.browser() != null
                && (name.equals(ENGINE) || agent.browser().startsWith(bare));
        String called = same || bare.isEmpty() ? agent.browser() : bare;
        return new String[] {called, called == null ? null : called + ' ' + version};
    }

    /** A system by the name that the list of agents has for it; of Linux the agent knows more. */
    private static String os(String known, String platform) {
        return switch (Strings.nullToEmpty(platform).replace("\"", "")) {
            case "Windows" -> "Windows";
            case "macOS" -> "Mac OS X";
            case "Android" -> "Android";
            case "iOS" -> "iOS";
            case "Chrome OS", "Chromium OS" -> "Chrome OS";
            default -> known;
        };
    }

    /** The system with its version; null when the hint does not say it. */
    private static String osVersion(String os, String sent) {
        Matcher version = VERSION.matcher(sent);
        if (os == null || !version.matches()) {
            return null;
        }
        int major = Integer.parseInt(version.group(1));
        if (os.equals("Windows")) {
            // Its versions count updates: 1 to 10 are those of Windows 10, 0 are older ones.
            return major >= WINDOWS_11 ? "Windows 11" : major > 0 ? "Windows 10" : null;
        }
        String minor = version.group(2);
        return major == 0 ? null : os + ' ' + major + (minor == null || minor.equals("0") ? "" : '.' + minor);
    }

    private static String device(String known, ClientHints hints) {
        if ("tv".equals(known) || "tablet".equals(known)) {
            return known;
        }
        boolean mobile = "?1".equals(hints.mobile());
        return mobile ? "mobile" : "\"Android\"".equals(hints.platform()) ? "tablet" : known;
    }
}
