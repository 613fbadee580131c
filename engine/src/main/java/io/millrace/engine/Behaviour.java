package io.millrace.engine;

/**
 * What no person does on a site that leaves out everything that does not look like people ({@link BotMode#STRICT}): who comes to more
 * hits, page views and custom events, is found out. 0: no limit. Immutable.
 *
 * @param dayHits hits of a visitor on one day of the site
 * @param pageHits the same of one page; of a visitor with many pages, it may take up to a ninth of all his hits more
 * @param minuteHits hits of a visitor within 60 s, of which those of the minute before are taken as evenly spread
 */
public record Behaviour(int dayHits, int pageHits, int minuteHits) {
    /** What hardly anybody comes to. */
    public static final Behaviour DEFAULT = new Behaviour(2_000, 500, 120);

    /** Whether nobody is looked at. */
    public boolean off() {
        return (dayHits | pageHits | minuteHits) == 0;
    }
}
