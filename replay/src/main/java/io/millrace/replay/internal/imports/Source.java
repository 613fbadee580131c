package io.millrace.replay.internal.imports;

import io.millrace.engine.Agent;
import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Place;
import io.millrace.engine.Position;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.replay.ForeignTables;
import io.millrace.replay.ImportRefused;
import io.millrace.replay.ImportSettings;
import io.millrace.wire.ReplayLine;
import io.millrace.wire.ReplayReader;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A file as beacons of a site. Not thread-safe. */
public final class Source {

    /** Is given what rows hold, one row after the other. */
    public interface Taker {
        /**
         * A row that can be read.
         *
         * @param row its number, from 1
         * @param beacons none: nothing of it counts
         * @return false: no more
         */
        boolean row(long row, List<BeaconBuilder> beacons) throws IOException;

        /** A row that cannot be read. @return false: no more */
        boolean bad(String file, long line, String reason) throws IOException;
    }

    /** Reads a line of an access log. */
    @FunctionalInterface
    public interface LogLines {
        /** @throws IllegalArgumentException when it cannot be read; the message is for people */
        void read(String line, Consumer<BeaconBuilder> beacons);
    }

    private final ImportSettings settings;
    private final Site site;
    private final ForeignTables tables;
    private final LogLines log;
    private final ReplayReader reader;

    public Source(ImportSettings settings, Site site, Sites sites, ForeignTables tables, LogLines log) {
        this.settings = settings;
        this.site = site;
        this.tables = tables;
        this.log = log;
        this.reader = new ReplayReader(sites);
    }

    /**
     * Reads the file.
     *
     * @throws ImportRefused when it is not what it should be
     */
    public void each(Taker taker) throws IOException {
        Times times = new Times(settings.zone());
        String domain = site.domain();
        switch (settings.kind()) {
            case UMAMI -> file(new UmamiRows(times, domain), taker).csv();
            case GOATCOUNTER -> file(new GoatCounterRows(times, domain), taker).csv();
            case MATOMO -> file(new MatomoRows(), taker).csv();
            case GA4 -> file(new Ga4Rows(domain), taker).jsonLines();
            case TRAFFIC_SOURCE ->
                file(new TrafficSourceRows(times, domain), taker)
                        .table(tables, TrafficSourceRows.PAGE_VIEWS, List.of(foreignSite()));
            case ACCESS_LOG ->
                new RowFile(settings.file(), NO_COLUMNS, (name, row) -> logLine(name, row, taker)).lines();
        }
    }

    private static final Rows NO_COLUMNS = new Rows() {
        @Override
        public List<String> needs() {
            return List.of();
        }

        @Override
        public void read(Row row, Consumer<Hit> hits) {
            throw new IllegalStateException();
        }
    };

    private RowFile file(Rows rows, Taker taker) {
        return new RowFile(settings.file(), rows, (name, row) -> take(rows, name, row, taker));
    }

    private boolean take(Rows rows, String name, Row row, Taker taker) throws IOException {
        List<BeaconBuilder> beacons = new ArrayList<>();
        try {
            List<Hit> hits = new ArrayList<>();
            rows.read(row, hits::add);
            for (Hit hit : hits) {
                beacons.add(beacon(hit));
            }
        } catch (BadRow e) {
            return taker.bad(name, row.line(), e.getMessage());
        }
        return taker.row(row.number(), beacons);
    }

    private boolean logLine(String name, Row row, Taker taker) throws IOException {
        List<BeaconBuilder> beacons = new ArrayList<>();
        try {
            log.read(String.valueOf(row.cells().apply("")), beacons::add);
        } catch (IllegalArgumentException e) {
            return taker.bad(name, row.line(), e.getMessage());
        }
        return taker.row(row.number(), beacons);
    }

    /** By the reader of the replay format, which cleans what decorates. */
    private BeaconBuilder beacon(Hit hit) {
        JsonObject line = new JsonObject().with("v", 1).with("time", hit.time());
        line.putAll(hit.around());
        line.put("beacon", hit.beacon().with("site_id", site.id()));
        byte[] json = Json.write(line);
        ReplayLine read = reader.read(json, json.length).get(0);
        if (read instanceof ReplayLine.Refused refused) {
            throw new BadRow(refused.error().message());
        }
        Agent agent = hit.agent();
        boolean said = agent != null && (agent.browser() != null || agent.os() != null || agent.device() != null);
        return ((ReplayLine.OfBeacon) read)
                .draft()
                .toBeacon(site.id(), System.currentTimeMillis(), null, null, Place.UNKNOWN)
                .trusted(true)
                .repeat(true)
                .sender(Beacon.Sender.SERVER)
                .agent(said ? agent : null);
    }

    /** The one of the same domain, or the only one. */
    private String foreignSite() throws IOException {
        List<String[]> all = new ArrayList<>();
        tables.each(
                settings.file(),
                TrafficSourceRows.SITES,
                List.of(),
                cells -> all.add(new String[] {cells.get("id"), String.valueOf(cells.get("domain"))}));
        for (String[] one : all) {
            if (one[1].replaceFirst("^(https?://)?(www\\.)?", "")
                    .replaceFirst("[:/].*", "")
                    .equalsIgnoreCase(site.domain())) {
                return one[0];
            }
        }
        if (all.size() == 1) {
            return all.get(0)[0];
        }
        throw new ImportRefused(
                settings.file().getFileName().toString(),
                0,
                "has " + all.size() + " sites, none of them " + site.domain());
    }

    /** Where a row stands, for whoever goes on behind it. */
    public static Position position(String source, long row) {
        return new Position(source, row);
    }
}
