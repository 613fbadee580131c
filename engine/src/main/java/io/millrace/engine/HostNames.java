package io.millrace.engine;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Host names in the one form in which they are stored and compared: lower case, names of other scripts as browsers send
 * them ({@code xn--bcher-kva.example}), no escapes, no user, no port, no dot at the end. Pure functions.
 */
public final class HostNames {
    private static final int MAX_HOST = 253;
    private static final int MAX_TEXT = 1024;
    private static final int MAX_LABEL = 63;
    private static final int MAX_PORT = 65_535;
    private static final String OWN_LETTERS = "\u00DF\u1E9E\u03C2\u200C\u200D";
    private static final Pattern LABEL_END = Pattern.compile("[.\u3002\uFF0E\uFF61]");

    private HostNames() {}

    /**
     * Reads a host, or what stands between {@code //} and the path of a URL.
     *
     * @param text may be null
     * @return null when it is no host
     */
    public static String of(String text) {
        if (text == null || text.length() > MAX_TEXT) {
            return null;
        }
        String host = PlainText.strip(text);
        host = host.substring(host.lastIndexOf('@') + 1);
        if (host.startsWith("[")) {
            return address(host);
        }
        int colon = host.indexOf(':');
        if (colon >= 0) {
            if (!isPort(host, colon + 1)) {
                return null;
            }
            host = host.substring(0, colon);
        }
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (isNormal(host)) {
            return host;
        }
        try {
            host = IDN.toASCII(withOwnLetters(UrlText.value(host)), IDN.ALLOW_UNASSIGNED)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return isNormal(host) ? host : null;
    }

    /**
     * The host of what people copy from an address bar: scheme, path and query do not count.
     *
     * @return null when there is no host in it
     */
    public static String typed(String text) {
        String address = UrlText.asBrowsersRead(PlainText.strip(text));
        int scheme = address.indexOf("://");
        int from =
                scheme > 0 && scheme < UrlText.first(address, "/?#", 0) ? scheme + 3 : address.startsWith("//") ? 2 : 0;
        return of(address.substring(from, UrlText.first(address, "/?#", from)));
    }

    /** A host in its own letters, for people to whom it belongs: of a stranger's, letters that look alike would deceive. */
    public static String readable(String host) {
        StringJoiner labels = new StringJoiner(".");
        for (String label : host.split("\\.")) {
            labels.add(readableLabel(label));
        }
        return labels.toString();
    }

    /** The JDK leaves a label as it is that has letters of which it would have made others. */
    private static String readableLabel(String label) {
        String shown = IDN.toUnicode(label, IDN.ALLOW_UNASSIGNED);
        if (!shown.startsWith(Punycode.PREFIX)) {
            return shown;
        }
        try {
            String decoded = Punycode.decode(label.substring(Punycode.PREFIX.length()));
            return label.equals(of(decoded)) ? decoded : label;
        } catch (RuntimeException notEncoded) {
            return label;
        }
    }

    /** The same without the {@code www.} that means the same site: how sites are named. */
    public static String site(String text) {
        return withoutWww(of(text));
    }

    /** A host without its {@code www.}; null stays null. */
    public static String withoutWww(String host) {
        return host != null && host.startsWith("www.") && host.indexOf('.', 4) > 0 ? host.substring(4) : host;
    }

    /**
     * The host with those labels encoded that have a letter which the JDK, by the rules of 2003, would make another one:
     * browsers keep {@code ß} and the final sigma, and the joiners that Persian and Indian names need.
     */
    private static String withOwnLetters(String host) {
        if (!hasOwnLetters(host)) {
            return host;
        }
        StringJoiner labels = new StringJoiner(".");
        for (String label : LABEL_END.split(host, -1)) {
            labels.add(hasOwnLetters(label) ? Punycode.PREFIX + Punycode.encode(folded(label)) : label);
        }
        return labels.toString();
    }

    private static boolean hasOwnLetters(String text) {
        return text.chars().anyMatch(c -> OWN_LETTERS.indexOf(c) >= 0);
    }

    /** Letter by letter, since a word's end makes another lower case of a capital sigma. */
    private static String folded(String label) {
        StringBuilder small = new StringBuilder();
        label.codePoints().map(Character::toLowerCase).forEach(small::appendCodePoint);
        return Normalizer.normalize(small, Normalizer.Form.NFKC);
    }

    /** An IPv6 address in its brackets. */
    private static String address(String host) {
        int close = host.indexOf(']');
        boolean hex = close > 2 && host.substring(1, close).chars().allMatch(HostNames::isAddressCharacter);
        boolean ends =
                close == host.length() - 1 || close > 0 && host.charAt(close + 1) == ':' && isPort(host, close + 2);
        return hex && ends ? host.substring(0, close + 1).toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isAddressCharacter(int c) {
        return c == ':' || c == '.' || c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private static boolean isPort(String host, int from) {
        String port = host.substring(from);
        return port.length() <= 5
                && port.chars().allMatch(c -> c >= '0' && c <= '9')
                && (port.length() < 5 || Integer.parseInt(port) <= MAX_PORT);
    }

    private static boolean isNormal(String host) {
        if (host.isEmpty() || host.length() > MAX_HOST) {
            return false;
        }
        int label = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
            } else if (!isHostCharacter(c) || ++label > MAX_LABEL) {
                return false;
            }
        }
        return label > 0;
    }

    private static boolean isHostCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
}
