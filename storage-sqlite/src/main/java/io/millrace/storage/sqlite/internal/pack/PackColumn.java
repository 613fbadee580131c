package io.millrace.storage.sqlite.internal.pack;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The columns of a segment; the ordinal is their number in the file. Numbers of texts and tuples are the dictionary's. */
public enum PackColumn {
    ID("id", Trait.DEFLATED),
    VISITOR("visitor_id"),
    /** Milliseconds since the start of the segment's day; rows have UTC milliseconds. */
    START("started_at"),
    /** Last activity less start, milliseconds. */
    LENGTH("length_ms"),
    /** How many hits the visit has. */
    HITS(null),
    /** How many of them are page views; the others are custom events. */
    PAGES(null),
    ENGAGED("engaged_ms"),
    ENTRY("entry_path_id", Trait.CODED),
    EXIT("exit_path_id", Trait.CODED),
    ORIGIN("origin_id", Trait.CODED),
    PLACE("place_id", Trait.CODED),
    AGENT("agent_id", Trait.CODED),
    HOST("host_id", Trait.CODED),
    LANGUAGE("language_id", Trait.CODED),
    SCREEN("screen_id", Trait.CODED),
    /** Milliseconds since the start of the visit; negative where the hit came late. */
    OFFSET(null, Trait.OF_HITS),
    /** The event's name; 0: a page view. */
    NAME(null, Trait.OF_HITS, Trait.DEFLATED, Trait.CODED),
    PATH(null, Trait.OF_HITS, Trait.CODED),
    /** 0: the visit's; else its number and 1. */
    HIT_HOST(null, Trait.OF_HITS, Trait.DEFLATED, Trait.CODED),
    HIT_ENGAGED(null, Trait.OF_HITS, Trait.DEFLATED),
    SCROLL(null, Trait.OF_HITS, Trait.DEFLATED),
    /** 0: none; else the place in the segment's list of property sets, from 1. */
    PROPS(null, Trait.OF_HITS, Trait.DEFLATED),
    AMOUNT(null, Trait.OF_HITS, Trait.DEFLATED),
    /** 0: none; else its three letters, see {@link #currency}. */
    CURRENCY(null, Trait.OF_HITS, Trait.DEFLATED),
    /** 1: the visitor has an id that a client gave; 0: it is a cookieless one. Packs of format 1 lack it. */
    IDENTIFIED(null, Trait.DEFLATED);

    private enum Trait {
        /** It has a value for each hit, not for each visit. */
        OF_HITS,
        /** Reports seldom read it, or it is nearly always the same. */
        DEFLATED,
        /** Numbers of the dictionary, which are far apart where they are few. */
        CODED
    }

    /** Those that rows of visits have, in this order. */
    public static final List<PackColumn> OF_ROWS =
            Arrays.stream(values()).filter(c -> c.row != null).toList();

    private static final int LETTERS = 32;
    private final String row;
    private final Set<Trait> traits;
    private final boolean ofHits;

    PackColumn(String row, Trait... traits) {
        this.row = row;
        this.traits = Set.of(traits);
        this.ofHits = this.traits.contains(Trait.OF_HITS);
    }

    /** What rows of visits call it; null: they do not have it. */
    public String row() {
        return row;
    }

    /** Whether it has a value for each hit, or else for each visit. */
    public boolean ofHits() {
        return ofHits;
    }

    boolean deflated() {
        return traits.contains(Trait.DEFLATED);
    }

    boolean coded() {
        return traits.contains(Trait.CODED);
    }

    /** Where the number of an attribute's value stands, or that of the tuple that it is part of. */
    public static PackColumn of(Attribute attribute) {
        return switch ((Dimension) attribute) {
            case SOURCE, CHANNEL, REFERRER, UTM_SOURCE, UTM_MEDIUM, UTM_CAMPAIGN, UTM_TERM, UTM_CONTENT -> ORIGIN;
            case COUNTRY, REGION, CITY -> PLACE;
            case BROWSER, BROWSER_VERSION, OS, OS_VERSION, DEVICE -> AGENT;
            case ENTRY_PAGE -> ENTRY;
            case EXIT_PAGE -> EXIT;
            case LANGUAGE -> LANGUAGE;
            case SCREEN -> SCREEN;
            case PAGE -> PATH;
            case EVENT -> NAME;
            case HOSTNAME, MINUTE, HOUR, DAY, WEEK, MONTH ->
                throw new IllegalArgumentException(attribute + " has no column of its own");
        };
    }

    /** Three letters as a number; 0: null. */
    static long currency(String code) {
        long number = 0;
        for (int i = 0; code != null && i < code.length(); i++) {
            number = number * LETTERS + code.charAt(i) - '@';
        }
        return number;
    }
}
