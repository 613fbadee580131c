package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;

/** SQLite keeps the read contract while visits are packed as soon as they change, one by one. */
class PackedReadTest extends SqliteReadTest {
    private int packed;

    @Override
    protected SqliteSettings settings() {
        return SqliteSettings.DEFAULT.with().packVisits(1).packShare(1).build();
    }

    @Override
    protected void check(Engine engine) {
        super.check(engine);
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery("SELECT count(*) FROM packs")) {
            packed += rows.getInt(1) > 0 ? 1 : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void mostHistoriesHadPacks() {
        assertThat(packed).isGreaterThan(0);
        System.out.println(packed + " histories had packs");
    }
}
