package io.millrace.engine;

/**
 * Whether a hit is a page view that was read this far and this long, as its engagement says. Immutable.
 *
 * @param scroll percent of the page that came into sight, at least
 * @param engagedMillis visible and focused time, at least
 */
public record Reached(int scroll, long engagedMillis) implements Condition {
    @Override
    public Kind kind() {
        return Kind.HIT;
    }
}
