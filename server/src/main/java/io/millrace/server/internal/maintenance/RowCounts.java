package io.millrace.server.internal.maintenance;

import io.millrace.storage.sqlite.RowCount;

/** Numbers of rows as text. */
final class RowCounts {
    private RowCounts() {}

    static String text(RowCount rows) {
        return rows.visitors() + " visitors, " + rows.visits() + " visits, " + rows.pageViews() + " page views, "
                + rows.events() + " events";
    }
}
