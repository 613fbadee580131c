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
import java.util.Optional;

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
     * A host that is known.
     *
     * @param domain the domain that it is known by: {@code facebook.com} for {@code l.facebook.com}
     */
    record Known(Kind kind, String domain) {}

    /**
     * An advertiser's id in a URL.
     *
     * @param domain whose it is
     * @param paid whether only an advertisement adds it
     */
    record ClickId(String domain, boolean paid) {}

    @Fixed("read from a file of the program")
    private final Map<String, Kind> hosts = new HashMap<>();

    @Fixed("read from a file of the program")
    private final Map<String, Kind> domains = new HashMap<>();

    @Fixed("read from a file of the program")
    private final Map<String, Kind> names = new HashMap<>();

    @Fixed("read from a file of the program")
    private final Map<String, ClickId> clicks = new LinkedHashMap<>();

    @Bounded("sources")
    private final Cache<String, Optional<Known>> found = Caffeine.newBuilder()
            .maximumWeight(FOUND_BYTES)
            .weigher((String host, Optional<Known> known) -> FOUND_ENTRY
                    + HeapSize.of(host)
                    + (known.isPresent() ? HeapSize.of(known.get().domain()) : 0))
            .executor(Runnable::run)
            .build();

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
            case "name" -> names.put(cells[1], kind(cells[2]));
            case "click" -> clicks.put(cells[1], new ClickId(cells[2], cells.length > 3));
            default -> {
                boolean alone = cells[1].startsWith("=");
                (alone ? hosts : domains).put(alone ? cells[1].substring(1) : cells[1], kind(cells[0]));
            }
        }
    }

    private static Kind kind(String name) {
        return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The click ids by the names of their parameters. */
    Map<String, ClickId> clicks() {
        return clicks;
    }

    /** What a source is, a host or a name in a campaign; null: not known. */
    Kind kindOf(String source) {
        String name = source.toLowerCase(Locale.ROOT);
        Kind named = names.get(name);
        Known known = named == null && name.indexOf('.') > 0 ? host(HostNames.typed(name)) : null;
        return known == null ? named : known.kind();
    }

    /** What a host is, or null: not known. */
    Known host(String host) {
        return host == null
                ? null
                : found.get(host, h -> Optional.ofNullable(find(h))).orElse(null);
    }

    private Known find(String host) {
        String bare = HostNames.withoutWww(host);
        String open = withOpenSuffix(bare);
        Kind alone = hosts.getOrDefault(bare, hosts.get(open));
        if (alone != null) {
            return new Known(alone, bare);
        }
        Known byDomain = domain(bare);
        Known byName = byDomain == null ? domain(open) : null;
        return byName == null ? byDomain : new Known(byName.kind(), bare);
    }

    /** The kind of the nearest domain that is known, and the widest one of that kind. */
    private Known domain(String host) {
        Known known = null;
        for (String name = host; name.indexOf('.') > 0; name = name.substring(name.indexOf('.') + 1)) {
            Kind kind = domains.get(name);
            if (kind != null && (known == null || known.kind() == kind)) {
                known = new Known(kind, name);
            }
        }
        return known;
    }

    /** {@code google.*} for {@code google.co.uk}: a host with what a registry sells names below made a {@code *}. */
    private static String withOpenSuffix(String host) {
        if (!InternetDomainName.isValid(host)) {
            return "";
        }
        InternetDomainName name = InternetDomainName.from(host);
        return name.hasRegistrySuffix() && !name.isRegistrySuffix()
                ? host.substring(
                                0,
                                host.length() - name.registrySuffix().toString().length())
                        + '*'
                : "";
    }
}
