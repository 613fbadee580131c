package io.millrace.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Percent-encoding as it is in real traffic: nothing is refused. Pure functions. */
public final class UrlText {
    private static final Charset OLD = Charset.forName("windows-1252");
    private static final String MEANS_SOMETHING = "/?#%\\&=+;";

    private UrlText() {}

    /** Of a query those parameters that a site keeps, in their order and with the {@code ?} before them; empty when there are none. */
    public static String kept(String query, Set<String> names) {
        StringBuilder kept = new StringBuilder();
        for (String pair : query.split("&")) {
            if (names.contains(value(pair.substring(0, first(pair, "=", 0))))) {
                kept.append(kept.isEmpty() ? '?' : '&').append(path(pair.replace('+', ' ')));
            }
        }
        return kept.toString();
    }

    /**
     * A parameter's value: escapes and {@code +} decoded. An escape that is none stays as it is; bytes that are not
     * UTF-8 are read as Windows-1252, which is what old pages send.
     */
    public static String value(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int end = escapes(text, i);
            if (end > i) {
                out.append(text(bytes(text, i, end)));
                i = end;
            } else {
                char c = text.charAt(i++);
                out.append(c == '+' ? ' ' : c);
            }
        }
        return out.toString();
    }

    /** Where the first of these characters stands at or behind {@code from}; the text's length when none does. */
    public static int first(String text, String characters, int from) {
        int first = Math.max(from, text.length());
        for (int i = 0; i < characters.length(); i++) {
            int at = text.indexOf(characters.charAt(i), from);
            first = at >= 0 && at < first ? at : first;
        }
        return first;
    }

    /**
     * A URL as browsers read it: line ends and tabs do not count, before the query a backslash is a slash, without a scheme
     * {@code //} stands before a host, and {@code http:} and {@code https:} do however many slashes follow. Anything else,
     * such as a path, stays as it is.
     */
    public static String asBrowsersRead(String url) {
        String text = pathAsBrowsersRead(url);
        text = text.startsWith("//") ? "https:" + text : text;
        if (text.regionMatches(true, 0, "file:/", 0, 6) && !text.startsWith("/", 6)) {
            return "file://" + text.substring(5);
        }
        int colon = text.indexOf(':');
        boolean web = (colon == 4 || colon == 5) && text.regionMatches(true, 0, "https", 0, colon);
        if (!web || text.startsWith("//", colon + 1) && !text.startsWith("/", colon + 3)) {
            return text;
        }
        int host = colon + 1;
        while (text.startsWith("/", host)) {
            host++;
        }
        return text.substring(0, colon) + "://" + text.substring(host);
    }

    /** The same of what is a path without a host, even where {@code //} stands at its beginning. */
    public static String pathAsBrowsersRead(String path) {
        String text = path.replace("\t", "").replace("\n", "").replace("\r", "");
        if (text.indexOf('\\') < 0) {
            return text;
        }
        int query = first(text, "?#", 0);
        return text.substring(0, query).replace('\\', '/') + text.substring(query);
    }

    /** The parameters of a query, decoded, in their order. */
    public static Map<String, List<String>> params(String query) {
        Map<String, List<String>> params = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = value(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty()) {
                params.computeIfAbsent(name, n -> new ArrayList<>(1))
                        .add(equals < 0 ? "" : value(pair.substring(equals + 1)));
            }
        }
        return params;
    }

    /**
     * A path in the one form in which it is stored, compared and shown: escapes decoded but for those of characters that
     * mean something in a URL ({@code /a%2Fb}), of what cannot be seen, and of bytes that are not UTF-8; letters with
     * accents composed (NFC). The form of a form is itself.
     */
    public static String path(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int end = escapes(text, i);
            if (end > i) {
                characters(bytes(text, i, end), out);
                i = end;
            } else {
                int c = text.codePointAt(i);
                i += Character.charCount(c);
                if (c == '%') {
                    out.append("%25");
                } else if (c < 0x80 || isShown(c)) {
                    out.appendCodePoint(c);
                } else {
                    byte[] unseen = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                    escape(unseen, 0, unseen.length, out);
                }
            }
        }
        return Normalizer.normalize(out, Normalizer.Form.NFC);
    }

    /**
     * The longest beginning of a URL or path that takes at most this many bytes and ends behind a whole character, which
     * may be written as escapes.
     */
    public static String cut(String text, int maxBytes) {
        int end = PlainText.cut(text, maxBytes).length();
        for (int i = Math.max(0, end - 2); i < end; i++) {
            end = text.charAt(i) == '%' && escapes(text, i) > i ? i : end;
        }
        int from = end;
        while (from >= 3 && escapes(text.substring(from - 3, from), 0) == 3) {
            from -= 3;
        }
        byte[] bytes = bytes(text, from, end);
        for (int i = 0; i < bytes.length && escapes(text, end) > end; i += sequence(bytes[i])) {
            end = i + sequence(bytes[i]) > bytes.length ? from + 3 * i : end;
        }
        return text.substring(0, end);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' || text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Where the escapes that begin at {@code from} end. */
    private static int escapes(String text, int from) {
        int i = from;
        while (i + 2 < text.length() && text.charAt(i) == '%' && hex(text, i + 1) >= 0 && hex(text, i + 2) >= 0) {
            i += 3;
        }
        return i;
    }

    private static int hex(String text, int at) {
        char c = text.charAt(at);
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static byte[] bytes(String text, int from, int to) {
        byte[] bytes = new byte[(to - from) / 3];
        for (int i = 0; i < bytes.length; i++) {
            int at = from + 3 * i;
            bytes[i] = (byte) (hex(text, at + 1) << 4 | hex(text, at + 2));
        }
        return bytes;
    }

    /** Bytes as text: UTF-8, or Windows-1252 when they are not. */
    public static String text(byte[] bytes) {
        String text = utf8(bytes, 0, bytes.length);
        return text != null ? text : new String(bytes, OLD);
    }

    /** The text of these bytes, or null when they are not UTF-8. */
    private static String utf8(byte[] bytes, int from, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static void characters(byte[] bytes, StringBuilder out) {
        for (int i = 0; i < bytes.length; ) {
            int length = Math.min(sequence(bytes[i]), bytes.length - i);
            String character = utf8(bytes, i, length);
            if (character == null || !isShown(character.codePointAt(0))) {
                length = character == null ? 1 : length;
                escape(bytes, i, length, out);
            } else {
                out.append(character);
            }
            i += length;
        }
    }

    /** How many bytes the character that begins so has. */
    private static int sequence(byte first) {
        int b = first & 0xFF;
        return b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
    }

    private static boolean isShown(int character) {
        if (MEANS_SOMETHING.indexOf(character) >= 0) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void escape(byte[] bytes, int from, int length, StringBuilder out) {
        for (int i = from; i < from + length; i++) {
            out.append(String.format(Locale.ROOT, "%%%02X", bytes[i]));
        }
    }
}
