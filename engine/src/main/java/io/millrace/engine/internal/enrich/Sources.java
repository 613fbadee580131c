package io.millrace.engine.internal.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.net.InternetDomainName;
import io.millrace.engine.HostNames;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.HeapSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of the hosts that visits come from, of names in campaigns and of advertisers' click ids: read from
 * {@code sources.tsv}. Thread-safe.
 */
final class Sources {
    private static final String FILE = "sources.tsv";
    static final long FOUND_BYTES = 4 << 20;

    /** What a host that was looked up takes beside its text: its place in the cache, and what it is with its domain. */
    private static final int FOUND_ENTRY = 320;

    /** What a host is to a visit. */
    enum Kind {
        SEARCH,
        SOCIAL,
        AI,
        EMAIL
    }

    /**
     * Where a visit comes from.
     *
     * @param kind null: not known
     * @param name what it is called: {@code Google} for {@code www.google.de}, else the domain that its owner has registered
     */
    record Source(Kind kind, String name) {}

    /**
     * An advertiser's id in a URL.
     *
     * @param domain whose it is
     * @param paid whether only an advertisement adds it
     */
    record ClickId(String domain, boolean paid) {}

    @Fixed("read from a file of the program")
    private final Map<String, Source> hosts = new HashMap<>();

    @Fixed("read from a file of the program")
    private final Map<String, Source> domains = new HashMap<>();

    @Fixed("read from a file of the program")
    private final Map<String, Source> names = new HashMap<>();

    @Fixed("read from a file of the program")
    private final Map<String, ClickId> clicks = new LinkedHashMap<>();

    @Bounded("sources")
    private final Cache<String, Source> found = Caffeine.newBuilder()
            .maximumWeight(FOUND_BYTES)
            .weigher((String host, Source source) -> FOUND_ENTRY + HeapSize.of(host) + HeapSize.of(source.name()))
            .executor(Runnable::run)
            .build();

    private static final Source NOWHERE = new Source(null, "");

    private Sources() {}

    /** Reads the list that comes with the engine. */
    static Sources load() {
        Sources sources = new Sources();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Sources.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            lines.lines().filter(l -> !l.startsWith("#")).forEach(l -> sources.add(l.split("\t")));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
        return sources;
    }

    /** Bytes that hosts take which were looked up; {@link #FOUND_BYTES} at most. */
    long foundBytes() {
        return found.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    private void add(String[] cells) {
        switch (cells[0]) {
            case "name" -> names.put(cells[1], new Source(kind(cells[2]), cell(cells, 3)));
            case "click" -> clicks.put(cells[1], new ClickId(cells[2], cells.length > 3));
            default -> {
                boolean alone = cells[1].startsWith("=");
                (alone ? hosts : domains)
                        .put(alone ? cells[1].substring(1) : cells[1], new Source(kind(cells[0]), cell(cells, 2)));
            }
        }
    }

    private static String cell(String[] cells, int n) {
        return n < cells.length ? cells[n] : null;
    }

    private static Kind kind(String name) {
        return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The click ids by the names of their parameters. */
    Map<String, ClickId> clicks() {
        return clicks;
    }

    /** Whether a parameter is a click id; in any case, as browsers' users find them. */
    boolean isClick(String parameter) {
        return clicks.containsKey(parameter.toLowerCase(Locale.ROOT));
    }

    /** What a campaign calls its source: a name or a host that is known; else as it was sent. */
    Source campaign(String sent) {
        String name = sent.toLowerCase(Locale.ROOT);
        Source named = names.get(name);
        if (named == null && name.indexOf('.') > 0) {
            Source host = host(HostNames.typed(name));
            named = host.kind() == null ? null : host;
        }
        return named == null ? new Source(null, sent) : named.name() == null ? new Source(named.kind(), sent) : named;
    }

    /** Whether campaigns call mail so. */
    boolean isEmail(String medium) {
        Source named = names.get(medium);
        return named != null && named.kind() == Kind.EMAIL;
    }

    /** What a host is. */
    Source host(String host) {
        return host == null ? NOWHERE : found.get(host, this::find);
    }

    /** What an app on a phone is, by the name of its package. */
    Source app(String name) {
        Source known = hosts.getOrDefault(name, domains.get(name));
        return known == null ? new Source(null, name) : known;
    }

    private Source find(String host) {
        String bare = HostNames.withoutWww(host);
        InternetDomainName name = parsed(bare);
        String open = withOpenSuffix(name);
        Source alone = hosts.getOrDefault(bare, hosts.get(open));
        if (alone != null) {
            return called(alone, bare);
        }
        Source byDomain = domain(bare, bare);
        Source byName = byDomain == null ? domain(open, bare) : byDomain;
        return byName == null ? new Source(null, registered(bare, name)) : byName;
    }

    /** Once for each host that is looked up: what Guava calls valid is what it has parsed. */
    private static InternetDomainName parsed(String host) {
        try {
            return InternetDomainName.from(host);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private static Source called(Source source, String domain) {
        return source.name() == null ? new Source(source.kind(), domain) : source;
    }

    /** The kind of the nearest domain that is known, and the widest one of that kind. */
    private Source domain(String host, String bare) {
        Source known = null;
        for (String name = host; name.indexOf('.') > 0; name = name.substring(name.indexOf('.') + 1)) {
            Source source = domains.get(name);
            if (source != null && (known == null || known.kind() == source.kind())) {
                known = called(source, name.endsWith("*") ? bare : name);
            }
        }
        return known;
    }

    /** The domain that was registered, or the name below a service that gives them away; hosts of whom the list knows stay apart. */
    private String registered(String host, InternetDomainName name) {
        if (name == null || !name.isUnderPublicSuffix()) {
            return host;
        }
        InternetDomainName top = name.topPrivateDomain();
        String domain = top.toString();
        String open = withOpenSuffix(top);
        boolean known = hosts.containsKey(domain)
                || domains.containsKey(domain)
                || hosts.containsKey(open)
                || domains.containsKey(open);
        return known ? host : domain;
    }

    /** {@code google.*} for {@code google.co.uk}: a host with what a registry sells names below made a {@code *}. */
    private static String withOpenSuffix(InternetDomainName name) {
        if (name == null || !name.hasRegistrySuffix() || name.isRegistrySuffix()) {
            return "";
        }
        String host = name.toString();
        return host.substring(
                        0, host.length() - name.registrySuffix().toString().length())
                + '*';
    }
}
