package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.Site;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import io.millrace.storage.sqlite.internal.dictionary.Dictionary;
import java.sql.SQLException;
import java.util.Collection;

/**
 * What is kept in memory of what was committed. It follows the transactions: what one of them will have changed is
 * pending until it has committed. The store thread changes it; which part others may read, each part says.
 */
public record CommittedState(
        SiteTable sites, Generations generations, HitOffsetsTable reach, Dictionary dictionary, OpenDays books)
        implements WriteConnection.Follower {

    /** Of a database that is not read yet. */
    public static CommittedState of(SqliteSettings settings) {
        SiteTable sites = new SiteTable();
        HitOffsetsTable reach = new HitOffsetsTable();
        return new CommittedState(
                sites,
                new Generations(),
                reach,
                new Dictionary(settings.textsPerDay()),
                new OpenDays(sites, reach, settings.valuesPerDay(), settings.openDays()));
    }

    /** Takes what the database says; its days that a crash left open are counted anew. */
    public void load(StatementCache sql, Collection<Site> stored) throws SQLException {
        sites.load(sql, stored);
        generations.load(sql);
        reach.load(sql);
        dictionary.open(sql);
        books.open(sql);
    }

    @Override
    public void committed() {
        dictionary.commit();
        books.commit();
        generations.commit();
        reach.commit();
    }

    @Override
    public void rolledBack() {
        dictionary.rollback();
        books.rollback();
        generations.rollback();
        reach.rollback();
    }
}
