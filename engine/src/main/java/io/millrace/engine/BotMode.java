package io.millrace.engine;

/** How much of what does not look like people a site leaves out of its figures. */
public enum BotMode {
    /** What says in its beacons that it is a program, and nothing else. */
    OFF,
    /** Also declared crawlers, agents of AI, and pages that were fetched ahead. */
    BASIC,
    /** Also what nobody's browser sends or does. */
    STRICT;

    /**
     * Whether events are left out for this reason.
     *
     * @param reason one of the {@code FILTERED_} counters; those that are about no bots are none
     */
    public boolean filters(Counter reason) {
        return switch (reason) {
            case FILTERED_AUTOMATION -> true;
            case FILTERED_BOT, FILTERED_AI, FILTERED_PREFETCH -> this != OFF;
            case FILTERED_LIBRARY,
                    FILTERED_HEADLESS,
                    FILTERED_AGENT,
                    FILTERED_DATA_CENTER,
                    FILTERED_SPAM,
                    FILTERED_BEHAVIOUR -> this == STRICT;
            default -> false;
        };
    }
}
