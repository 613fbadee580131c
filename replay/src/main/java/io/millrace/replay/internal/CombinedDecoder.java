package io.millrace.replay.internal;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.PlainText;
import io.millrace.engine.Position;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.UrlText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Page views from the combined log format of nginx and Apache, with or without the virtual host in front: successful
 * {@code GET}s of what is not a picture, a script or the like. Identity is cookieless: address and agent.
 */
public final class CombinedDecoder implements LineDecoder {
    /** [host[:port]] address identity user [time] "request" status bytes "referrer" "agent" ... */
    private static final Pattern LINE = Pattern.compile("^(?:([A-Za-z0-9.-]+)(?::\\d+)? )?([0-9A-Fa-f:.]+) \\S+ .*? "
            + "\\[([^\\]]{20,32})\\] \"([^\"\\\\]*(?:\\\\.[^\"\\\\]*)*)\" (\\d{3}) (?:\\d+|-)"
            + "(?: \"([^\"\\\\]*(?:\\\\.[^\"\\\\]*)*)\" \"([^\"\\\\]*(?:\\\\.[^\"\\\\]*)*)\")?.*$");

    private static final Pattern PAGE = Pattern.compile("GET (/.*?)(?: HTTP/[0-9.]+)?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9A-Fa-f]{2}|.)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final int LONGEST = 16 << 10;
    private static final int LONGEST_URL = 4_096;
    private static final int LONGEST_REFERRER = 2_048;
    private static final int LONGEST_AGENT = 512;

    private static final Set<String> NO_PAGES =
            Set.of(("css js mjs map json xml txt png jpg jpeg gif svg webp avif ico bmp woff"
                            + " woff2 ttf otf eot mp3 mp4 webm ogg m4a wasm webmanifest rss atom gz zip br")
                    .split(" "));

    private final Site site;

    private CombinedDecoder(Site site) {
        this.site = site;
    }

    /**
     * @param siteId whose log it is, or 0: the only site's
     * @throws IllegalArgumentException when there is no such site, or more than one to choose from
     */
    public static CombinedDecoder of(Sites sites, int siteId) {
        if (siteId != 0) {
            Site site = sites.byId(siteId);
            if (site == null) {
                throw new IllegalArgumentException("there is no site " + siteId);
            }
            return new CombinedDecoder(site);
        }
        if (sites.all().size() != 1) {
            throw new IllegalArgumentException(
                    "whose log is it? There are " + sites.all().size() + " sites");
        }
        return new CombinedDecoder(List.copyOf(sites.all()).get(0));
    }

    @Override
    public void decode(byte[] line, int length, Position position, Consumer<Line> sink) {
        sink.accept(decode(line, length, position));
    }

    private Line decode(byte[] line, int length, Position position) {
        if (length == 0) {
            return NOTHING;
        }
        if (length > LONGEST) {
            return new Refused(Counter.REJECTED_TOO_LARGE, site.id(), "line too long");
        }
        Matcher m = LINE.matcher(PlainText.strip(UrlText.text(Arrays.copyOf(line, length))));
        if (!m.matches()) {
            return new Refused(Counter.REJECTED_MALFORMED, site.id(), "not in the combined log format");
        }
        String target = pageOf(text(m.group(4)), Integer.parseInt(m.group(5)));
        if (target == null) {
            return NOTHING;
        }
        try {
            long time = OffsetDateTime.parse(m.group(3), TIME).toInstant().toEpochMilli();
            return new OfBeacon(beacon(m, target, time, position), List.of());
        } catch (DateTimeException e) {
            return new Refused(Counter.REJECTED_FIELD, site.id(), "time: not as in 20/Nov/2026:04:00:00 +0000");
        }
    }

    private Beacon beacon(Matcher m, String target, long time, Position position) {
        String host = m.group(1) == null ? site.domain() : m.group(1);
        return Beacon.pageview(site.id())
                .time(time)
                .trusted(true)
                .hostname(host)
                .url(UrlText.cut("http://" + host + target, LONGEST_URL))
                .referrer(cut(text(m.group(6)), LONGEST_REFERRER, UrlText::cut))
                .address(m.group(2))
                .userAgent(cut(text(m.group(7)), LONGEST_AGENT, PlainText::cut))
                .position(position)
                .build();
    }

    /** The path and query of a page view, or null when the request is none. */
    private static String pageOf(String request, int status) {
        Matcher page = PAGE.matcher(request == null ? "" : request);
        if (!page.matches()) {
            return null;
        }
        boolean shown = status >= 200 && status < 300 || status == 304;
        String target = page.group(1);
        String path = target.split("[?#]", 2)[0];
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return shown && !NO_PAGES.contains(ending) ? target : null;
    }

    /** A field as it was before the server escaped it; null for {@code -}. */
    private static String text(String field) {
        if (field == null || field.equals("-") || field.isEmpty()) {
            return null;
        }
        return field.indexOf('\\') < 0 ? field : unescaped(field);
    }

    /** Servers escape bytes, so several escapes make one character. */
    private static String unescaped(String field) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(field.length());
        int plain = 0;
        Matcher escape = ESCAPE.matcher(field);
        while (escape.find()) {
            bytes.writeBytes(field.substring(plain, escape.start()).getBytes(StandardCharsets.UTF_8));
            String code = escape.group(1);
            bytes.writeBytes(
                    code.length() == 3
                            ? new byte[] {(byte) Integer.parseInt(code.substring(1), 16)}
                            : code.getBytes(StandardCharsets.UTF_8));
            plain = escape.end();
        }
        bytes.writeBytes(field.substring(plain).getBytes(StandardCharsets.UTF_8));
        return UrlText.text(bytes.toByteArray());
    }

    private static String cut(String text, int longest, BiFunction<String, Integer, String> cutter) {
        return text == null ? null : cutter.apply(text, longest);
    }
}
