package io.millrace.perf;

import io.millrace.perf.load.Plan;
import io.millrace.perf.traffic.Format;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Dashboards that are open beside a load. */
final class DashboardOptions {
    @Option(
            names = "--poll",
            converter = Durations.class,
            description = "Ask for the dashboard every so often meanwhile.")
    private Duration every;

    @Option(names = "--poll-path", description = "What to ask for; default: the overview of --site over 7 days.")
    private List<String> paths = List.of();

    @Option(names = "--viewers", description = "How many dashboards are open. Default: 1")
    private Integer viewers;

    @Option(names = "--key", description = "Bearer key of the dashboard.")
    private String key;

    boolean isOpen() {
        return every != null;
    }

    void check(Format.Name format) {
        Check.positive("--poll", every);
        Check.that(isOpen() || paths.isEmpty(), "--poll-path", "needs --poll");
        Check.that(isOpen() || viewers == null, "--viewers", "needs --poll");
        Check.that(isOpen() || key == null, "--key", "is of the dashboard: it needs --poll");
        Check.that(
                !isOpen() || !paths.isEmpty() || format == Format.Name.MILLRACE,
                "--poll",
                "with the format " + format + " it needs --poll-path");
        paths.forEach(path -> Check.path("--poll-path", path));
        Check.visible("--key", key);
        if (viewers != null) {
            Check.within("--viewers", viewers, 1, 10_000);
        }
    }

    void into(Plan.Builder plan, String site) {
        if (isOpen()) {
            List<String> asked = paths.isEmpty() ? List.of("/api/analytics/" + site + "/overview?period=7d") : paths;
            plan.dashboard(new Plan.Dashboard(asked, key, every, viewers == null ? 1 : viewers));
        }
    }
}
