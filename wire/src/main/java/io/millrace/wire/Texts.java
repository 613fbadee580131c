package io.millrace.wire;

import io.millrace.engine.HostNames;
import io.millrace.engine.Place;
import io.millrace.engine.PlainText;
import io.millrace.engine.UrlText;
import io.millrace.wire.json.JsonNumbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of fields, whatever format they came in: what identifies an event is checked and refuses the draft; what
 * decorates it is cut or left out, and the draft says so. {@code null} stands for "not sent" before and after.
 */
final class Texts {
    static final int MAX_URL = 4096;
    private static final int MAX_PATH = 2048;
    static final int MAX_ID = 36;
    static final int MAX_CLIENT_ID = 64;

    private static final int MAX_REFERRER = 2048;
    static final int MAX_TITLE = 512;
    static final int MAX_LANGUAGE = 35;
    static final int MAX_CAMPAIGN = 200;
    static final int MAX_NAME = 120;
    static final int MAX_AGENT = 512;
    private static final int MAX_PIXELS = 100_000;
    private static final int MAX_NUMBER = 40;
    private static final Pattern SCREEN = Pattern.compile("\\s*([0-9.]+)\\s*[xX\u00D7,]\\s*([0-9.]+)\\s*(?:,.*)?");

    private Texts() {}

    /** A site by its domain, or by the id that another product knows it by. */
    static void site(Draft draft, String field, String value) {
        if (value == null || PlainText.isBlank(value)) {
            return;
        }
        draft.site = HostNames.site(value);
        if (draft.site == null) {
            draft.refuse(FieldError.invalid(field, "must be a host name"));
        }
    }

    /** A site by its number. */
    static void siteId(Draft draft, String field, String value) {
        Long id = JsonNumbers.toLong(PlainText.strip(value), RoundingMode.UNNECESSARY);
        if (id == null || id < 1 || id > Integer.MAX_VALUE) {
            draft.refuse(FieldError.invalid(field, "must be an integer from 1 to " + Integer.MAX_VALUE));
        } else {
            draft.siteId = id.intValue();
        }
    }

    /** A name given by the client: 1 to {@code max} characters, none of them a control character. */
    static String token(Draft draft, String field, String sent, int max) {
        if (sent == null) {
            return null;
        }
        String value = PlainText.strip(sent);
        if (value.isEmpty() || value.codePointCount(0, value.length()) > max) {
            draft.refuse(FieldError.invalid(field, "must have 1 to " + max + " characters"));
        } else if (PlainText.isDirty(value)) {
            draft.refuse(FieldError.invalid(field, "has control characters"));
        }
        return value;
    }

    /** An IP address. */
    static String address(Draft draft, String field, String sent) {
        String value = sent == null ? null : PlainText.strip(sent);
        if (value != null && Addresses.parse(value) == null) {
            draft.refuse(FieldError.invalid(field, "must be an IPv4 or IPv6 address"));
        }
        return value;
    }

    /** A URL; one that leaves out its scheme, as {@code //example.com/}, is one all the same. */
    static String url(Draft draft, String field, String value) {
        String url = address(draft, field, value, MAX_URL);
        if (url != null && !Urls.isReadable(url)) {
            draft.refuse(FieldError.invalid(field, "must be a URL whose host can be read, file:///..., or a path"));
        }
        if (url != null && url.length() > MAX_PATH && !PlainText.fits(UrlText.path(Urls.path(url)), MAX_PATH)) {
            draft.clean(field, Cleaned.Reason.CUT);
        }
        return url;
    }

    /** A path; of a whole URL, what stands behind its host. */
    static String path(Draft draft, String field, String value) {
        String read = value == null ? null : UrlText.pathAsBrowsersRead(PlainText.strip(value));
        read = read == null || read.startsWith("/") ? read : UrlText.asBrowsersRead(read);
        if (read != null && Urls.lacksReadableHost(read)) {
            draft.refuse(FieldError.invalid(field, "must be a path, or a URL whose host can be read"));
        } else if (read != null && Urls.isAbsolute(read)) {
            String path = read.substring(UrlText.first(read, "/?#", read.indexOf("://") + 3));
            read = path.isEmpty() ? "/" : path;
        }
        return cut(draft, field, read, MAX_PATH, UrlText::cut);
    }

    /** Makes the fragment of the URL a part of the path where it is a route, and no path is said apart. */
    static void routeByFragment(Draft draft) {
        String url = draft.beacon.url();
        int hash = url == null || draft.beacon.pathname() != null ? -1 : url.indexOf('#');
        if (hash >= 0 && (url.startsWith("/", hash + 1) || url.startsWith("!", hash + 1))) {
            draft.beacon.pathname(path(draft, "url", Urls.path(url) + url.substring(hash)));
        }
    }

    static String host(Draft draft, String field, String value) {
        if (value == null || PlainText.isBlank(value)) {
            return null;
        }
        String host = HostNames.of(value);
        if (host == null) {
            draft.clean(field, Cleaned.Reason.UNREADABLE);
        }
        return host;
    }

    /** A URL with its host, or a path of the same host. */
    static String referrer(Draft draft, String field, String value) {
        String referrer = address(draft, field, value, MAX_REFERRER);
        if (referrer == null || referrer.startsWith("/") || Urls.host(referrer) != null) {
            return referrer;
        }
        draft.clean(field, Cleaned.Reason.UNREADABLE);
        return null;
    }

    private static String address(Draft draft, String field, String value, int max) {
        String read = value == null ? null : UrlText.asBrowsersRead(PlainText.strip(value));
        return cut(draft, field, read, max, UrlText::cut);
    }

    /** The two letters of a country; a name, or a code of three, is none. */
    static String country(Draft draft, String field, String value) {
        String sent = cut(draft, field, value, MAX_NAME);
        String code = Place.country(sent);
        if (sent != null && code == null) {
            draft.clean(field, Cleaned.Reason.UNREADABLE);
        }
        return code;
    }

    /** A text without control characters and blanks around it, cut to {@code max} bytes; a blank one counts as not sent. */
    static String cut(Draft draft, String field, String value, int max) {
        return cut(draft, field, value, max, PlainText::cut);
    }

    /** Takes the beginning of a text, of so many bytes at most. */
    @FunctionalInterface
    private interface Cutter {
        String cut(String text, int maxBytes);
    }

    private static String cut(Draft draft, String field, String value, int max, Cutter cutter) {
        if (value == null) {
            return null;
        }
        String clean = PlainText.strip(PlainText.clean(value));
        if (clean.isEmpty()) {
            return null;
        }
        if (PlainText.fits(clean, max)) {
            return clean;
        }
        draft.clean(field, Cleaned.Reason.CUT);
        return PlainText.strip(cutter.cut(clean, max));
    }

    /** A number of things from 0, rounded, at most {@code max}; 0 when it cannot be read. */
    static long amount(Draft draft, String field, String value, long max) {
        if (value == null || PlainText.isBlank(value)) {
            return 0;
        }
        String text = PlainText.strip(value);
        Long whole = text.startsWith("0") ? null : JsonNumbers.toLong(text);
        if (whole != null && whole >= 0 && whole <= max) {
            return whole; // as nearly all are
        }
        BigDecimal number = number(text);
        if (number == null || number.signum() < 0) {
            draft.clean(field, Cleaned.Reason.UNREADABLE);
            return 0;
        }
        if (number.compareTo(BigDecimal.valueOf(max)) > 0) {
            draft.clean(field, Cleaned.Reason.CUT);
            return max;
        }
        return Math.round(number.doubleValue());
    }

    private static BigDecimal number(String text) {
        try {
            return text.length() <= MAX_NUMBER && JsonNumbers.isNumber(text) ? new BigDecimal(text) : null;
        } catch (NumberFormatException exponent) {
            return null;
        }
    }

    static int pixels(Draft draft, String field, String value) {
        return (int) amount(draft, field, value, MAX_PIXELS);
    }

    /** Width and height in pixels with an {@code x} or a comma between them. */
    static void screen(Draft draft, String field, String value) {
        if (value == null || PlainText.isBlank(value)) {
            return;
        }
        Matcher parts = SCREEN.matcher(PlainText.strip(value));
        if (parts.matches()) {
            draft.beacon.screenWidth(pixels(draft, field, parts.group(1)));
            draft.beacon.screenHeight(pixels(draft, field, parts.group(2)));
        } else {
            draft.clean(field, Cleaned.Reason.UNREADABLE);
        }
    }
}
