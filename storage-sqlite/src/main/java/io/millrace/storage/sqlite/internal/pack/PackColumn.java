package io.millrace.storage.sqlite.internal.pack;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;

/** The columns of a segment; the ordinal is their number in the file. Numbers of texts and tuples are the dictionary's. */
public enum PackColumn {
    ID(false),
    VISITOR(false),
    /** Milliseconds since the start of the segment's day. */
    START(false),
    /** Last activity less start, milliseconds. */
    LENGTH(false),
    /** How many hits the visit has. */
    HITS(false),
    /** How many of them are page views; the others are custom events. */
    PAGES(false),
    ENGAGED(false),
    ENTRY(false),
    EXIT(false),
    ORIGIN(false),
    PLACE(false),
    AGENT(false),
    HOST(false),
    LANGUAGE(false),
    SCREEN(false),
    /** Milliseconds since the start of the visit; negative where the hit came late. */
    OFFSET(true),
    /** The event's name; 0: a page view. */
    NAME(true),
    PATH(true),
    /** 0: the visit's; else its number and 1. */
    HIT_HOST(true),
    HIT_ENGAGED(true),
    SCROLL(true),
    /** 0: none; else the place in the segment's list of property sets, from 1. */
    PROPS(true),
    AMOUNT(true),
    /** 0: none; else its three letters, see {@link #currency}. */
    CURRENCY(true);

    private static final int LETTERS = 32;
    private final boolean ofHits;

    PackColumn(boolean ofHits) {
        this.ofHits = ofHits;
    }

    /** Whether it has a value for each hit, or else for each visit. */
    public boolean ofHits() {
        return ofHits;
    }

    /** Where the number of an attribute's value stands, or that of the tuple that it is part of. */
    public static PackColumn of(Attribute attribute) {
        return switch ((Dimension) attribute) {
            case SOURCE, CHANNEL, REFERRER, UTM_SOURCE, UTM_MEDIUM, UTM_CAMPAIGN, UTM_TERM, UTM_CONTENT -> ORIGIN;
            case COUNTRY, REGION, CITY -> PLACE;
            case BROWSER, OS, DEVICE -> AGENT;
            case ENTRY_PAGE -> ENTRY;
            case EXIT_PAGE -> EXIT;
            case LANGUAGE -> LANGUAGE;
            case SCREEN -> SCREEN;
            case PAGE -> PATH;
            case EVENT -> NAME;
            case HOSTNAME, HOUR, DAY, WEEK, MONTH ->
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
