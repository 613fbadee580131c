package io.millrace.server.internal.cli;

import io.millrace.storage.sqlite.RowCount;

/** Numbers of rows as text. */
final class Rows {
    private Rows() {}

    static String text(RowCount rows) {
        return rows.visitors() + " visitors, " + rows.visits() + " visits, " + rows.pageViews() + " page views, "
                + rows.events() + " events";
    }
}
