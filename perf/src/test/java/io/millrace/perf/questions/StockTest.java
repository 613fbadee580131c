package io.millrace.perf.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.storage.sqlite.SqliteStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StockTest {
    private static final long DAY = 86_400_000;
    private static final int VIEWS = 3_000;

    @TempDir
    private Path directory;

    @Test
    void isFilledWithTwiceThirtyDaysAndFoundAgain() throws Exception {
        Stock stock = Stock.in(directory, VIEWS);
        long today = System.currentTimeMillis() / DAY * DAY;
        assertThat((double) viewsSince(today - 59 * DAY)).isEqualTo(stock.pageViews());
        assertThat((double) viewsSince(today - 29 * DAY)).isCloseTo(VIEWS, within(VIEWS * 0.2));
        assertThat((double) stock.pageViews()).isCloseTo(2 * VIEWS, within(VIEWS * 0.3));
        try (SqliteStorage storage = SqliteStorage.open(stock.file())) {
            assertThat(storage.verify().differences()).isEmpty();
        }
        long before = Files.getLastModifiedTime(stock.file()).toMillis();
        assertThat(Stock.in(directory, VIEWS).pageViews()).isEqualTo(stock.pageViews());
        assertThat(Files.getLastModifiedTime(stock.file()).toMillis()).isEqualTo(before);
    }

    private long viewsSince(long time) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("millrace.db"));
                Statement s = c.createStatement();
                ResultSet row = s.executeQuery("SELECT count(*) FROM page_views WHERE time >= " + time)) {
            return row.getLong(1);
        }
    }
}
