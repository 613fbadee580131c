package io.millrace.storage.sqlite.internal.mapper;

import io.millrace.engine.Agent;
import io.millrace.engine.Campaign;
import io.millrace.engine.Place;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.Screens;
import io.millrace.storage.sqlite.internal.dictionary.VisitorNames;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads visits back as the engine knows them. Stateless. */
public final class VisitMapper {
    private static final String OF_SESSIONS = """
            SELECT s.id, s.site_id, v.name, s.client_id, s.started_at, s.length_ms, s.page_count, s.event_count,
                s.engaged_ms, exit.text, s.exit_ms, host.text, entry.text, referrer.text, referrer_host.text,
                source.text, channel.text, utm_source.text, utm_medium.text, utm_campaign.text, utm_term.text,
                utm_content.text, country.text, region.text, city.text, browser.text, browser_version.text, os.text,
                os_version.text, device.text, language.text, screen.text,
                (SELECT group_concat(a.affiliate_id) FROM affiliate_visits a WHERE a.session_id = s.id)
            FROM sessions s
            JOIN visitors v ON v.id = s.visitor_id
            LEFT JOIN origins o ON o.id = s.origin_id
            LEFT JOIN places p ON p.id = s.place_id
            LEFT JOIN agents ag ON ag.id = s.agent_id
            LEFT JOIN texts exit ON exit.id = s.exit_path_id
            LEFT JOIN texts host ON host.id = s.host_id
            LEFT JOIN texts entry ON entry.id = s.entry_path_id
            LEFT JOIN texts referrer ON referrer.id = o.referrer_id
            LEFT JOIN texts referrer_host ON referrer_host.id = o.referrer_host_id
            LEFT JOIN texts source ON source.id = o.source_id
            LEFT JOIN texts channel ON channel.id = o.channel_id
            LEFT JOIN texts utm_source ON utm_source.id = o.utm_source_id
            LEFT JOIN texts utm_medium ON utm_medium.id = o.utm_medium_id
            LEFT JOIN texts utm_campaign ON utm_campaign.id = o.utm_campaign_id
            LEFT JOIN texts utm_term ON utm_term.id = o.utm_term_id
            LEFT JOIN texts utm_content ON utm_content.id = o.utm_content_id
            LEFT JOIN texts country ON country.id = p.country_id
            LEFT JOIN texts region ON region.id = p.region_id
            LEFT JOIN texts city ON city.id = p.city_id
            LEFT JOIN texts browser ON browser.id = ag.browser_id
            LEFT JOIN texts browser_version ON browser_version.id = ag.browser_version_id
            LEFT JOIN texts os ON os.id = ag.os_id
            LEFT JOIN texts os_version ON os_version.id = ag.os_version_id
            LEFT JOIN texts device ON device.id = ag.device_id
            LEFT JOIN texts language ON language.id = s.language_id
            LEFT JOIN texts screen ON screen.id = s.screen_id
            """;

    /** What {@link #list} reads; the conditions follow. */
    public static final String SELECT = select("sessions");

    private VisitMapper() {}

    /** The same of what has the columns of {@code sessions}; who has no name any more is called by none. */
    public static String select(String sessions) {
        return OF_SESSIONS
                .replace("FROM sessions s", "FROM " + sessions + " s")
                .replace("v.name", "coalesce(v.name, '')")
                .replace("JOIN visitors v", "LEFT JOIN visitors v");
    }

    public static List<Visit> list(PreparedStatement statement) throws SQLException {
        return StatementCache.list(statement, VisitMapper::visit);
    }

    private static Visit visit(ResultSet row) throws SQLException {
        long startedAt = row.getLong(5);
        String exitPath = row.getString(10);
        return new Visit(
                row.getLong(1),
                new Visit.Key(row.getInt(2), VisitorNames.unpack(row.getObject(3)), row.getString(4)),
                startedAt,
                startedAt + row.getLong(6),
                row.getInt(7),
                row.getInt(8),
                row.getLong(9),
                exitPath,
                exitPath == null ? 0 : startedAt + row.getLong(11),
                origin(row),
                affiliates(row.getString(33)));
    }

    private static Visit.Origin origin(ResultSet row) throws SQLException {
        String screen = row.getString(32);
        return new Visit.Origin(
                row.getString(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                row.getString(16),
                row.getString(17),
                new Campaign(
                        row.getString(18), row.getString(19), row.getString(20), row.getString(21), row.getString(22)),
                new Place(row.getString(23), row.getString(24), row.getString(25)),
                new Agent(
                        row.getString(26), row.getString(27), row.getString(28), row.getString(29), row.getString(30)),
                row.getString(31),
                Screens.width(screen),
                Screens.height(screen));
    }

    private static List<Integer> affiliates(String ids) {
        List<Integer> affiliates = new ArrayList<>();
        if (ids != null) {
            for (String id : ids.split(",")) {
                affiliates.add(Integer.valueOf(id));
            }
        }
        return List.copyOf(affiliates);
    }
}
