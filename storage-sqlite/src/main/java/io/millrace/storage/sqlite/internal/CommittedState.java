package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Site;
import io.millrace.storage.sqlite.SqliteSettings;
import java.sql.SQLException;
import java.util.Collection;

/**
 * What is kept in memory of what was committed. It follows the transactions: what one of them will have changed is
 * pending until it has committed. The store thread changes it; which part others may read, each part says.
 */
record CommittedState(SiteTable sites, Generations generations, ReachTable reach, Dictionary dictionary, DayBooks books)
        implements Primary.Follower {

    /** Of a database that is not read yet. */
    static CommittedState of(SqliteSettings settings) {
        SiteTable sites = new SiteTable();
        ReachTable reach = new ReachTable();
        return new CommittedState(
                sites,
                new Generations(),
                reach,
                new Dictionary(settings.textsPerDay()),
                new DayBooks(sites, reach, settings.valuesPerDay(), settings.openDays()));
    }

    /** Takes what the database says; its days that a crash left open are counted anew. */
    void load(Statements sql, Collection<Site> stored) throws SQLException {
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
