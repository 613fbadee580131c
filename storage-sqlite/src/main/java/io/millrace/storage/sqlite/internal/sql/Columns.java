package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;

/** Where each dimension's number stands: a column of the visit (s), of a dictionary joined to it, or of the hit (h). */
public final class Columns {

    /**
     * A column.
     *
     * @param table the dictionary it is in, or null: of the visit or hit itself
     * @param reference the visit's column that points into the dictionary
     * @param alias how the dictionary is called when joined
     */
    public record Column(String table, String reference, String alias, String name) {
        /** The column in a statement that joins its dictionary. */
        public String expression() {
            return table == null ? name : alias + "." + name;
        }

        public String join() {
            return table == null ? "" : " JOIN " + table + " " + alias + " ON " + alias + ".id = s." + reference;
        }
    }

    private Columns() {}

    public static Column of(Attribute dimension) {
        return switch ((Dimension) dimension) {
            case SOURCE -> origin("source_id");
            case CHANNEL -> origin("channel_id");
            case REFERRER -> origin("referrer_id");
            case UTM_SOURCE -> origin("utm_source_id");
            case UTM_MEDIUM -> origin("utm_medium_id");
            case UTM_CAMPAIGN -> origin("utm_campaign_id");
            case UTM_TERM -> origin("utm_term_id");
            case UTM_CONTENT -> origin("utm_content_id");
            case COUNTRY -> place("country_id");
            case REGION -> place("region_id");
            case CITY -> place("city_id");
            case BROWSER -> agent("browser_id");
            case BROWSER_VERSION -> agent("browser_version_id");
            case OS -> agent("os_id");
            case OS_VERSION -> agent("os_version_id");
            case DEVICE -> agent("device_id");
            case ENTRY_PAGE -> own("s.entry_path_id");
            case EXIT_PAGE -> own("s.exit_path_id");
            case LANGUAGE -> own("s.language_id");
            case SCREEN -> own("s.screen_id");
            case PAGE -> own("h.path_id");
            case HOSTNAME -> own("coalesce(h.host_id, s.host_id)");
            case EVENT -> own("h.name_id");
            case MINUTE, HOUR, DAY, WEEK, MONTH -> throw new IllegalArgumentException(dimension + " has no column");
        };
    }

    private static Column origin(String name) {
        return new Column("origins", "origin_id", "o", name);
    }

    private static Column place(String name) {
        return new Column("places", "place_id", "pl", name);
    }

    private static Column agent(String name) {
        return new Column("agents", "agent_id", "ag", name);
    }

    private static Column own(String name) {
        return new Column(null, null, null, name);
    }
}
