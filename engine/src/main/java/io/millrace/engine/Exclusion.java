package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A rule of a site by which events do not count. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param kind what of an event it is about
 * @param pattern what that must be, as {@link Kind} says; {@code *} is any run of characters, see {@link Filter}
 * @param from when it begins to act, UTC milliseconds; before, it is only counted what it would catch
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Exclusion(int id, int siteId, Kind kind, String pattern, long from) implements ExclusionBuilder.With {
    /** So many a site may have. */
    public static final int MOST = 50;

    /** Bytes of a pattern. */
    public static final int LONGEST = 256;

    /** How long a rule that cannot be tried out on what is stored may be on trial. */
    public static final long TRIAL_MILLIS = 86_400_000;

    private static final int MOST_WILDCARDS = 8;

    /** What a rule is about. */
    public enum Kind {
        /** The address: one, or a network in CIDR, of IPv4 or IPv6. Never stored. */
        ADDRESS(Counter.FILTERED_ADDRESS, null),
        /** The hostname, in lower case: a pattern. */
        HOSTNAME(Counter.FILTERED_HOSTNAME, Dimension.HOSTNAME),
        /** The page's path as it is stored: a pattern. */
        PATH(Counter.FILTERED_PATH, Dimension.PAGE),
        /** The country's code by ISO 3166, two letters. */
        COUNTRY(Counter.FILTERED_COUNTRY, Dimension.COUNTRY),
        /** A parameter of the page's address: {@code name}, whatever it says, or {@code name=} with a pattern. Never stored. */
        QUERY(Counter.FILTERED_QUERY, null),
        /** The user agent as it is sent, letters in any case: a pattern. Never stored. */
        AGENT(Counter.FILTERED_USER_AGENT, null);

        private final Counter reason;
        private final Dimension stored;

        Kind(Counter reason, Dimension stored) {
            this.reason = reason;
            this.stored = stored;
        }

        /** Under what its events are counted. */
        public Counter reason() {
            return reason;
        }

        /** By what the hits that it is about are found among those stored; null: that is not stored. */
        public Dimension stored() {
            return stored;
        }

        /**
         * Whether what it leaves out is kept, to count again without it. What a rule on addresses or agents leaves out is not,
         * because the rule that it was would say its address or agent.
         */
        public boolean kept() {
            return this != ADDRESS && this != AGENT;
        }
    }

    /** In the form in which it is compared. */
    public Exclusion {
        pattern = switch (kind) {
            case HOSTNAME, ADDRESS -> PlainText.strip(pattern).toLowerCase(Locale.ROOT);
            case COUNTRY -> PlainText.strip(pattern).toUpperCase(Locale.ROOT);
            case PATH, QUERY, AGENT -> PlainText.strip(pattern);
        };
    }

    /**
     * Asks for the page views and custom events that it would have caught today and on the six days before; only where its kind
     * is {@link Kind#stored()}.
     *
     * @param now UTC milliseconds
     */
    public Query lastDays(Site site, long now) {
        return Query.totals(site.id(), site.lastDays(7, now), site.zone(), Metric.PAGE_VIEWS, Metric.EVENTS)
                .where(List.of(Filter.is(kind.stored, pattern)));
    }

    /** Withdraws what is stored already of what it is about; only where its kind is {@link Kind#stored()}. */
    public Withdrawal withdrawal() {
        return Withdrawal.of(siteId, kind.reason, List.of(Filter.is(kind.stored, pattern)));
    }

    /** Whether it is about an event, as far as what is stored of that tells. */
    public boolean isAbout(Event event) {
        return kind.stored != null
                && Filter.is(kind.stored, pattern)
                        .test(
                                switch (kind) {
                                    case HOSTNAME -> event.hostname();
                                    case COUNTRY -> event.place().country();
                                    default -> event.path();
                                });
    }

    /** Whether it acts at an instant, UTC milliseconds. */
    public boolean acts(long now) {
        return now >= from;
    }

    /**
     * Why it cannot be one of a site's rules, beginning with the field at fault; empty: it can.
     *
     * @param ofSite the rules that the site has
     */
    public Optional<String> fault(Collection<Exclusion> ofSite) {
        if (pattern.isEmpty() || !PlainText.fits(pattern, LONGEST) || PlainText.isDirty(pattern)) {
            return Optional.of("pattern: has 1 to " + LONGEST + " bytes, none of them a control character");
        }
        if (ofSite.stream().anyMatch(e -> e.id() != id && e.kind == kind && e.pattern.equals(pattern))) {
            return Optional.of("pattern: " + pattern + " is excluded already");
        }
        if (id == 0 && ofSite.size() >= MOST) {
            return Optional.of("pattern: a site has at most " + MOST + " exclusions");
        }
        return switch (kind) {
            case ADDRESS ->
                fault(Network.parse(pattern) == null, "must be an address or a network such as 192.0.2.0/24");
            case COUNTRY -> fault(!pattern.matches("[A-Z]{2}"), "must be a country's code such as DE");
            case PATH ->
                fault(!pattern.startsWith("/") && !pattern.startsWith("*"), "must begin with / or *")
                        .or(this::wide);
            case HOSTNAME, AGENT -> wide();
            case QUERY ->
                fault(pattern.startsWith("="), "must be a parameter such as internal=1")
                        .or(this::wide);
        };
    }

    private static Optional<String> fault(boolean is, String why) {
        return is ? Optional.of("pattern: " + why) : Optional.empty();
    }

    private Optional<String> wide() {
        int wildcards = Filter.pieces(pattern).size() - 1;
        return fault(wildcards > MOST_WILDCARDS, "has at most " + MOST_WILDCARDS + " wildcards")
                .or(() -> fault(wildcards > 0 && pattern.matches("/?[*]+"), "would exclude everything"));
    }
}
