package io.millrace.engine;

/**
 * The attributes that every site has. Those of the {@link Kind#VISIT} kind are attributes of the visit,
 * those of the {@link Kind#HIT} kind of the single page view or custom event, those of the {@link Kind#TIME} kind
 * buckets in the query's zone (not to filter by).
 */
public enum Dimension implements Attribute {
    /** ISO local date, hour and minute, {@code 2026-11-20T13:05}. */
    MINUTE(Kind.TIME),
    /** ISO local date and hour, {@code 2026-11-20T13:00}. */
    HOUR(Kind.TIME),
    /** ISO local date. */
    DAY(Kind.TIME),
    /** ISO local date of the week's Monday. */
    WEEK(Kind.TIME),
    /** {@code 2026-11}. */
    MONTH(Kind.TIME),
    SOURCE(Kind.VISIT),
    CHANNEL(Kind.VISIT),
    REFERRER(Kind.VISIT),
    UTM_SOURCE(Kind.VISIT),
    UTM_MEDIUM(Kind.VISIT),
    UTM_CAMPAIGN(Kind.VISIT),
    UTM_TERM(Kind.VISIT),
    UTM_CONTENT(Kind.VISIT),
    COUNTRY(Kind.VISIT),
    REGION(Kind.VISIT),
    CITY(Kind.VISIT),
    ENTRY_PAGE(Kind.VISIT),
    EXIT_PAGE(Kind.VISIT),
    BROWSER(Kind.VISIT),
    /** With the browser: {@code Firefox 140}. */
    BROWSER_VERSION(Kind.VISIT),
    OS(Kind.VISIT),
    /** With the system: {@code iOS 18.1}. */
    OS_VERSION(Kind.VISIT),
    DEVICE(Kind.VISIT),
    LANGUAGE(Kind.VISIT),
    /** Width and height, {@code 1920x1080}. */
    SCREEN(Kind.VISIT),
    /** The path of the page view. */
    PAGE(Kind.HIT),
    HOSTNAME(Kind.HIT),
    /** The custom event's name; page views have none. */
    EVENT(Kind.HIT);

    private final Kind kind;

    Dimension(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public boolean ofEvents() {
        return this == EVENT;
    }
}
