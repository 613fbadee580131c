package io.millrace.engine;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Every way a beacon can go. The counters obey one law, per site and day and in all:
 *
 * <pre>received = stored + filtered + duplicate + rejected + limited + shed + unstorable + failed</pre>
 *
 * {@code RECEIVED} is counted by the front-end, each outcome by the place that decides it, so the sum can be wrong and
 * checking it means something. An array counts its members, an unreadable body 1; what belongs to no site is kept
 * under site 0. Counters of the {@link Group#NOTE} group stand outside the law: they tell of things that were cut or
 * guessed on the way.
 */
public enum Counter {
    /** Handed to a front-end. */
    RECEIVED(Group.RECEIVED),
    /** Committed by the storage. */
    STORED(Group.STORED),
    /** Recognised as sent before; the first one is stored. */
    DUPLICATE(Group.DUPLICATE),
    /** A declared crawler. */
    FILTERED_BOT(Group.FILTERED),
    /** A declared agent of AI. */
    FILTERED_AI(Group.FILTERED),
    /** A page that was fetched before anybody asked for it. */
    FILTERED_PREFETCH(Group.FILTERED),
    /** A client that says itself that a program drives it. */
    FILTERED_AUTOMATION(Group.FILTERED),
    /** A library or a tool that speaks HTTP. */
    FILTERED_LIBRARY(Group.FILTERED),
    /** A browser without a screen. */
    FILTERED_HEADLESS(Group.FILTERED),
    /** No user agent, or one that no browser sends. */
    FILTERED_AGENT(Group.FILTERED),
    /** From a network of machines, not of people. */
    FILTERED_DATA_CENTER(Group.FILTERED),
    /** A referrer that is known for being made up. */
    FILTERED_SPAM(Group.FILTERED),
    /** Of a visitor who does what no person does, found out by then or later. */
    FILTERED_BEHAVIOUR(Group.FILTERED),
    /** From a hostname that is not on the site's list, or that the site excludes. */
    FILTERED_HOSTNAME(Group.FILTERED),
    /** From an address that the site excludes. */
    FILTERED_ADDRESS(Group.FILTERED),
    /** Of a path that the site excludes. */
    FILTERED_PATH(Group.FILTERED),
    /** From a country that the site excludes. */
    FILTERED_COUNTRY(Group.FILTERED),
    /** Of a page with a parameter that the site excludes. */
    FILTERED_QUERY(Group.FILTERED),
    /** By a user agent that the site excludes. */
    FILTERED_USER_AGENT(Group.FILTERED),
    /** An engagement report or heartbeat of a page view or visit that is not known. */
    FILTERED_NO_VISIT(Group.FILTERED),
    /** Not JSON, or not a request at all. */
    REJECTED_MALFORMED(Group.REJECTED),
    /** A missing or wrong field. */
    REJECTED_FIELD(Group.REJECTED),
    /** No such site. */
    REJECTED_SITE(Group.REJECTED),
    /** Body, header, line or array over its limit. */
    REJECTED_TOO_LARGE(Group.REJECTED),
    /** Content type or method that the route does not take. */
    REJECTED_TYPE(Group.REJECTED),
    /** Over the rate limit of its address or site. */
    LIMITED(Group.LIMITED),
    /** No slot free, the storage is not writing, or too much had to be looked up in it. */
    SHED(Group.SHED),
    /** Refused by the storage for its content; set aside as a dead letter if there is room. */
    UNSTORABLE(Group.UNSTORABLE),
    /** Admitted, and not stored before the engine stopped; set aside as a dead letter if there is room. */
    FAILED(Group.FAILED),
    /** A text was cut to its limit. */
    CUT(Group.NOTE),
    /** A value that decorates an event was not what its field is, and was left out. */
    UNREADABLE(Group.NOTE),
    /** More properties than are taken: the rest was left out. */
    TOO_MANY(Group.NOTE),
    /** A field that only a sender with an ingest key may say came without one, and was left out. */
    NEEDS_KEY(Group.NOTE),
    /** An enrichment threw, and its field stayed empty. */
    ENRICH_FAILED(Group.NOTE),
    /** A user agent was not parsed because too many unknown ones came in. */
    AGENT_SKIPPED(Group.NOTE),
    /** A late event of a cookieless visitor whose salt is gone: it counts under a one-off visitor. */
    LATE_IDENTITY(Group.NOTE),
    /** A roll-up value beyond its site's cap went into {@code (other)}. */
    CAPPED_VALUE(Group.NOTE),
    /** A new text beyond its site's cap was stored as {@code (other)}. */
    CAPPED_TEXT(Group.NOTE),
    /** An event that could not be stored was not set aside either, for want of room. */
    DEAD_LETTER_DROPPED(Group.NOTE);

    /** The terms of the law, and what stands outside it. */
    public enum Group {
        RECEIVED,
        STORED,
        FILTERED,
        DUPLICATE,
        REJECTED,
        LIMITED,
        SHED,
        UNSTORABLE,
        FAILED,
        NOTE
    }

    private final Group group;
    private final String label;

    Counter(Group group) {
        this.group = group;
        this.label = name().toLowerCase(Locale.ROOT);
    }

    /** The term of the law that this counter belongs to. */
    public Group group() {
        return group;
    }

    /** The name for people and programs: lower case with underscores. Stable. */
    public String label() {
        return label;
    }

    /** For the filtered and rejected groups: the label without its group ({@code bot}); else the label. */
    public String reason() {
        String prefix = group.name().toLowerCase(Locale.ROOT) + "_";
        return label.startsWith(prefix) ? label.substring(prefix.length()) : label;
    }

    /** The reasons for which a site may take programs out of its figures, in the order in which they are looked for. */
    public static Set<Counter> botReasons() {
        return EnumSet.range(FILTERED_BOT, FILTERED_BEHAVIOUR);
    }

    /** Whether this is one of the outcomes on the right side of the law. */
    public boolean outcome() {
        return group != Group.RECEIVED && group != Group.NOTE;
    }
}
