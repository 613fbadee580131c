package io.millrace.storage.sqlite;

import java.util.List;

/**
 * What a check of the roll-ups against the rows has found. Immutable.
 *
 * @param differences none when all is well
 * @param days how many days were counted, over all sites
 * @param skipped for people: what was not checked because its rows were pruned, one line a site
 */
public record Verification(List<Difference> differences, int days, List<String> skipped) {
    public Verification {
        differences = List.copyOf(differences);
        skipped = List.copyOf(skipped);
    }

    /** Whether nothing differs. */
    public boolean clean() {
        return differences.isEmpty();
    }
}
