package io.millrace.perf.load;

import io.millrace.perf.traffic.Format;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run shall do. Immutable.
 *
 * @param host and {@code port}: the server
 * @param format the tracker that is imitated
 * @param site as that tracker names it
 * @param domain the site's host name
 * @param path where to post to, or null: the tracker's own
 * @param headers more header lines for every request, each ended by CR LF, or empty
 * @param batch events a request
 * @param connections how many
 * @param pace arrivals of the open model, or null: the closed model
 * @param warmUp not measured
 * @param duration measured
 * @param count at most so many requests, the warm-up included
 * @param heartbeats share of heartbeats among the events, 0 to below 1
 * @param seed the traffic's shape
 * @param run the ids
 * @param dashboard what is polled meanwhile, or null
 * @param pid the server's process, or 0
 * @param data the server's data directory, or null
 */
public record Plan(
        String host,
        int port,
        Format.Name format,
        String site,
        String domain,
        String path,
        String headers,
        int batch,
        int connections,
        Pace pace,
        Duration warmUp,
        Duration duration,
        long count,
        double heartbeats,
        long seed,
        long run,
        Dashboard dashboard,
        long pid,
        Path data) {

    /**
     * A dashboard that is left open.
     *
     * @param paths what it asks for, with query
     * @param key bearer, or null
     * @param every from one round to the next
     * @param viewers how many of them
     */
    public record Dashboard(List<String> paths, String key, Duration every, int viewers) {}

    /** Page views of the project's own format to a server on this machine, in the closed model. */
    public static Plan closed(int port, String site, int connections, Duration warmUp, Duration duration) {
        return new Plan(
                "127.0.0.1",
                port,
                Format.Name.MILLRACE,
                site,
                "example.com",
                null,
                "",
                1,
                connections,
                null,
                warmUp,
                duration,
                Long.MAX_VALUE,
                0,
                1,
                System.currentTimeMillis(),
                null,
                0,
                null);
    }

    public Plan withBatch(int events) {
        return new Plan(
                host,
                port,
                format,
                site,
                domain,
                path,
                headers,
                events,
                connections,
                pace,
                warmUp,
                duration,
                count,
                heartbeats,
                seed,
                run,
                dashboard,
                pid,
                data);
    }

    public Plan withPace(Pace arrivals) {
        return new Plan(
                host,
                port,
                format,
                site,
                domain,
                path,
                headers,
                batch,
                connections,
                arrivals,
                warmUp,
                duration,
                count,
                heartbeats,
                seed,
                run,
                dashboard,
                pid,
                data);
    }

    public Plan withServer(long serverPid, Path serverData) {
        return new Plan(
                host,
                port,
                format,
                site,
                domain,
                path,
                headers,
                batch,
                connections,
                pace,
                warmUp,
                duration,
                count,
                heartbeats,
                seed,
                run,
                dashboard,
                serverPid,
                serverData);
    }

    public Plan withDashboard(Dashboard polled) {
        return new Plan(
                host,
                port,
                format,
                site,
                domain,
                path,
                headers,
                batch,
                connections,
                pace,
                warmUp,
                duration,
                count,
                heartbeats,
                seed,
                run,
                polled,
                pid,
                data);
    }

    public Plan withFormat(Format.Name name) {
        return new Plan(
                host,
                port,
                name,
                site,
                domain,
                path,
                headers,
                batch,
                connections,
                pace,
                warmUp,
                duration,
                count,
                heartbeats,
                seed,
                run,
                dashboard,
                pid,
                data);
    }

    public Plan withRun(long ids) {
        return new Plan(
                host,
                port,
                format,
                site,
                domain,
                path,
                headers,
                batch,
                connections,
                pace,
                warmUp,
                duration,
                count,
                heartbeats,
                seed,
                ids,
                dashboard,
                pid,
                data);
    }

    public Plan withWarmUp(Duration notMeasured) {
        return new Plan(
                host,
                port,
                format,
                site,
                domain,
                path,
                headers,
                batch,
                connections,
                pace,
                notMeasured,
                duration,
                count,
                heartbeats,
                seed,
                run,
                dashboard,
                pid,
                data);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    String authority() {
        return host + ":" + port;
    }
}
