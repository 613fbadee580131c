package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Affiliate;
import io.millrace.engine.BotMode;
import io.millrace.engine.Counter;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.PathForm;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sites, affiliates, goals, exclusions and funnels as SQL. */
@RegisterRowMapper(SiteDao.SiteMapper.class)
@RegisterRowMapper(SiteDao.AffiliateMapper.class)
@RegisterRowMapper(SiteDao.GoalMapper.class)
@RegisterRowMapper(SiteDao.ExclusionMapper.class)
@RegisterRowMapper(SiteDao.FunnelMapper.class)
@RegisterRowMapper(SiteDao.StepMapper.class)
public interface SiteDao {

    @SqlQuery("SELECT * FROM sites ORDER BY id")
    List<Site> sites();

    @SqlQuery("""
            INSERT INTO sites (id, domain, name, timezone, cookieless, hostnames, keep_params, without_slash, lower_case,
                path_patterns, bots, allowed_bots, public_live, umami_id, goatcounter_host)
            VALUES (nullif(:id, 0), :domain, :name, :zone, :cookieless, :hostnames, :keepParams, :withoutSlash, :lowerCase,
                :pathPatterns, :bots, :allowedBots, :publicLive, :umamiId, :goatcounterHost)
            ON CONFLICT (id) DO UPDATE SET domain = excluded.domain, name = excluded.name,
                timezone = excluded.timezone, cookieless = excluded.cookieless, hostnames = excluded.hostnames,
                keep_params = excluded.keep_params, without_slash = excluded.without_slash,
                lower_case = excluded.lower_case, path_patterns = excluded.path_patterns, bots = excluded.bots, allowed_bots = excluded.allowed_bots,
                public_live = excluded.public_live, umami_id = excluded.umami_id,
                goatcounter_host = excluded.goatcounter_host
            RETURNING id""")
    int saveSite(
            int id,
            String domain,
            String name,
            String zone,
            boolean cookieless,
            String hostnames,
            String keepParams,
            boolean withoutSlash,
            boolean lowerCase,
            String pathPatterns,
            String bots,
            String allowedBots,
            boolean publicLive,
            String umamiId,
            String goatcounterHost);

    @SqlQuery("SELECT * FROM affiliates ORDER BY id")
    List<Affiliate> affiliates();

    @SqlQuery("SELECT site_id FROM affiliates WHERE id = :id")
    Integer siteOfAffiliate(int id);

    @SqlQuery("""
            INSERT INTO affiliates (id, site_id, slug, name, rate, window_ms)
            VALUES (nullif(:id, 0), :siteId, :slug, :name, :rate, :windowMillis)
            ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, rate = excluded.rate,
                window_ms = excluded.window_ms
            RETURNING id""")
    int saveAffiliate(int id, int siteId, String slug, String name, double rate, long windowMillis);

    @SqlUpdate("DELETE FROM affiliates WHERE id = :id")
    void removeAffiliate(int id);

    @SqlUpdate("UPDATE conversions SET affiliate_id = 0, rate = 0 WHERE site_id = :siteId AND affiliate_id = :id")
    void creditToNobody(int siteId, int id);

    @SqlQuery("SELECT * FROM goals ORDER BY id")
    List<Goal> goals();

    @SqlQuery("""
            INSERT INTO goals (id, site_id, name, page, event, props, scroll, seconds)
            VALUES (nullif(:id, 0), :siteId, :name, :page, :event, :props, :scroll, :seconds)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, page = excluded.page, event = excluded.event,
                props = excluded.props, scroll = excluded.scroll, seconds = excluded.seconds
            RETURNING id""")
    int saveGoal(int id, int siteId, String name, String page, String event, String props, int scroll, int seconds);

    @SqlUpdate("DELETE FROM goals WHERE site_id = :siteId AND id = :id")
    void removeGoal(int siteId, int id);

    @SqlQuery("SELECT * FROM exclusions ORDER BY id")
    List<Exclusion> exclusions();

    @SqlQuery("""
            INSERT INTO exclusions (id, site_id, kind, pattern, since)
            VALUES (nullif(:id, 0), :siteId, :kind, :pattern, :since)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, pattern = excluded.pattern, since = excluded.since
            RETURNING id""")
    int saveExclusion(int id, int siteId, String kind, String pattern, long since);

    @SqlUpdate("DELETE FROM exclusions WHERE site_id = :siteId AND id = :id")
    void removeExclusion(int siteId, int id);

    @SqlQuery("SELECT * FROM funnels ORDER BY id")
    List<Funnel> funnels();

    @SqlQuery("SELECT * FROM funnel_steps WHERE funnel_id = :funnelId ORDER BY n")
    List<Funnel.Step> steps(int funnelId);

    @SqlQuery("""
            INSERT INTO funnels (id, site_id, name, strict, days) VALUES (nullif(:id, 0), :siteId, :name, :strict, :days)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, strict = excluded.strict, days = excluded.days
            RETURNING id""")
    int saveFunnel(int id, int siteId, String name, boolean strict, int days);

    @SqlUpdate("""
            INSERT INTO funnel_steps (funnel_id, n, site_id, page, event, props, goal_id)
            VALUES (:funnelId, :n, :siteId, :page, :event, :props, :goalId)""")
    void addStep(int funnelId, int n, int siteId, String page, String event, String props, int goalId);

    @SqlUpdate("DELETE FROM funnel_steps WHERE site_id = :siteId AND funnel_id = :id")
    void removeSteps(int siteId, int id);

    @SqlUpdate("DELETE FROM funnels WHERE site_id = :siteId AND id = :id")
    void removeFunnel(int siteId, int id);

    /** A row of sites. */
    final class SiteMapper implements RowMapper<Site> {
        private static final Logger LOG = LoggerFactory.getLogger(SiteMapper.class);

        @Override
        public Site map(ResultSet row, StatementContext context) throws SQLException {
            return new Site(
                    row.getInt("id"),
                    row.getString("domain"),
                    row.getString("name"),
                    zone(row.getString("timezone"), row.getString("domain")),
                    row.getBoolean("cookieless"),
                    lines(row.getString("hostnames")),
                    lines(row.getString("keep_params")),
                    PathForm.of(
                            row.getBoolean("without_slash"),
                            row.getBoolean("lower_case"),
                            row.getString("path_patterns").lines().toList()),
                    BotMode.valueOf(row.getString("bots").toUpperCase(Locale.ROOT)),
                    reasons(lines(row.getString("allowed_bots"))),
                    row.getBoolean("public_live"),
                    row.getString("umami_id"),
                    row.getString("goatcounter_host"));
        }

        /** UTC for a zone that this Java does not know, so that one site does not keep all others from starting. */
        private static ZoneId zone(String name, String domain) {
            try {
                return ZoneId.of(name);
            } catch (DateTimeException e) {
                LOG.warn(
                        "{}: this Java knows no time zone {}; days are those of UTC until it has another",
                        domain,
                        name);
                return ZoneOffset.UTC;
            }
        }

        private static Set<Counter> reasons(Set<String> names) {
            return Counter.botReasons().stream()
                    .filter(reason -> names.contains(reason.reason()))
                    .collect(Collectors.toUnmodifiableSet());
        }

        private static Set<String> lines(String text) {
            return text.isEmpty() ? Set.of() : Set.of(text.split("\n"));
        }
    }

    /** A row of affiliates. */
    final class AffiliateMapper implements RowMapper<Affiliate> {
        @Override
        public Affiliate map(ResultSet row, StatementContext context) throws SQLException {
            return new Affiliate(
                    row.getInt("id"),
                    row.getInt("site_id"),
                    row.getString("slug"),
                    row.getString("name"),
                    row.getDouble("rate"),
                    Duration.ofMillis(row.getLong("window_ms")));
        }
    }

    /** A row of goals. */
    final class GoalMapper implements RowMapper<Goal> {
        @Override
        public Goal map(ResultSet row, StatementContext context) throws SQLException {
            return new Goal(
                    row.getInt("id"),
                    row.getInt("site_id"),
                    row.getString("name"),
                    row.getString("page"),
                    row.getString("event"),
                    SqlJson.map(row.getString("props")),
                    row.getInt("scroll"),
                    row.getInt("seconds"));
        }
    }

    /** A row of exclusions. */
    final class ExclusionMapper implements RowMapper<Exclusion> {
        @Override
        public Exclusion map(ResultSet row, StatementContext context) throws SQLException {
            return new Exclusion(
                    row.getInt("id"),
                    row.getInt("site_id"),
                    Exclusion.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                    row.getString("pattern"),
                    row.getLong("since"));
        }
    }

    /** A row of funnels, without its steps. */
    final class FunnelMapper implements RowMapper<Funnel> {
        @Override
        public Funnel map(ResultSet row, StatementContext context) throws SQLException {
            return new Funnel(
                    row.getInt("id"),
                    row.getInt("site_id"),
                    row.getString("name"),
                    List.of(),
                    row.getBoolean("strict"),
                    row.getInt("days"));
        }
    }

    /** A row of funnel_steps. */
    final class StepMapper implements RowMapper<Funnel.Step> {
        @Override
        public Funnel.Step map(ResultSet row, StatementContext context) throws SQLException {
            return new Funnel.Step(
                    row.getString("page"),
                    row.getString("event"),
                    SqlJson.map(row.getString("props")),
                    row.getInt("goal_id"));
        }
    }
}
