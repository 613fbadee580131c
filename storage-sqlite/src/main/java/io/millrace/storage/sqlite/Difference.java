package io.millrace.storage.sqlite;

/**
 * A roll-up that does not say what the rows say. Immutable.
 *
 * @param siteId whose
 * @param rollup which roll-up: a table's name
 * @param key which row of it, for people: {@code 2026-11-20}, {@code 2026-11-20 browser Firefox}
 * @param figure which figure of the row: a column's name
 * @param stored what the roll-up says
 * @param counted what the rows say
 */
public record Difference(int siteId, String rollup, String key, String figure, long stored, long counted) {
    @Override
    public String toString() {
        return "site " + siteId + " " + rollup + " " + key + ": " + figure + " is " + stored + ", the rows say "
                + counted;
    }
}
