package io.millrace.storage.sqlite.internal.state;

import io.millrace.engine.Bounds;
import io.millrace.engine.Period;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
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
        SiteTable sites,
        Generations generations,
        HitOffsetsTable offsets,
        Dictionary dictionary,
        OpenDays days,
        PackedDays packs)
        implements WriteConnection.Follower {
    private static final int PACKS_PART = 16;

    /** Of a database that is not read yet. */
    public static CommittedState of(SqliteSettings settings) {
        SiteTable sites = new SiteTable();
        HitOffsetsTable offsets = new HitOffsetsTable();
        PackedDays packs = new PackedDays(sites, settings.memoryBytes() / PACKS_PART);
        return new CommittedState(
                sites,
                new Generations(),
                offsets,
                new Dictionary(settings.textsPerDay(), settings.memoryBytes() / 2),
                new OpenDays(
                        sites,
                        offsets,
                        packs,
                        settings.valuesPerDay(),
                        settings.openDays(),
                        settings.memoryBytes() - settings.memoryBytes() / 2 - settings.memoryBytes() / PACKS_PART),
                packs);
    }

    /** Registers what is kept of what strangers send. */
    public void register(Bounds bounds) {
        dictionary.register(bounds);
        days.register(bounds);
        packs.register(bounds);
    }

    /** What is known of where a site's visits are in a period, at the moment at which a snapshot begins: within the gate. */
    public Segments segments(int siteId, Period period) {
        return Segments.of(siteId, period, offsets.get(), packs);
    }

    /** What the roll-ups of a day are checked with, its rows, or packs where those are all there is: within the gate. */
    public Segments toCheck(SiteDays.Day day) {
        return Segments.toCheck(day, sites, offsets.get(), packs);
    }

    /** Takes what the database says; its days that a crash left open are counted anew. */
    public void load(StatementCache sql, Collection<Site> stored) throws SQLException {
        sites.load(sql, stored);
        generations.load(sql);
        offsets.load(sql);
        dictionary.open(sql);
        packs.load(sql);
        days.open(sql);
    }

    @Override
    public void committed() {
        sites.commit();
        dictionary.commit();
        days.commit();
        packs.commit();
        generations.commit();
        offsets.commit();
    }

    @Override
    public void rolledBack() {
        sites.rollback();
        dictionary.rollback();
        days.rollback();
        packs.rollback();
        generations.rollback();
        offsets.rollback();
    }
}
