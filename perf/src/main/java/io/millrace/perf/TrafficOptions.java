package io.millrace.perf;

import io.millrace.perf.load.Plan;
import io.millrace.perf.traffic.Format;
import picocli.CommandLine.Option;

/** What a load sends. */
final class TrafficOptions {
    private static final int MOST_EVENTS = 10_000;

    @Option(
            names = "--format",
            defaultValue = "MILLRACE",
            description =
                    "Whose tracker: ${COMPLETION-CANDIDATES}. Where visitors are told apart by address, each request"
                            + " names one in X-Forwarded-For. Default: ${DEFAULT-VALUE}")
    private Format.Name format;

    @Option(
            names = "--site",
            description =
                    "The site as the format names it: number (default: 1), domain (default: that of --domain) or UUID.")
    private String site;

    @Option(
            names = "--domain",
            defaultValue = "example.com",
            description = "Host name in the pages' addresses. Default: ${DEFAULT-VALUE}")
    private String domain;

    @Option(
            names = "--batch",
            defaultValue = "1",
            description = "Events a request; more than 1 sends arrays. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--heartbeats",
            description = "Share of heartbeats among the events. Default: 0.1, where there are any")
    private Double heartbeats;

    @Option(names = "--seed", defaultValue = "1", description = "The traffic's shape. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--run",
            description = "The ids; the same seed and run send the same ids again. Default: the clock.")
    private long run = System.currentTimeMillis();

    Format.Name format() {
        return format;
    }

    long seed() {
        return seed;
    }

    int batch() {
        return batch;
    }

    String site() {
        if (site != null) {
            return site;
        }
        return switch (format) {
            case MILLRACE, STORY -> "1";
            case PLAUSIBLE -> domain;
            case UMAMI -> throw new IllegalArgumentException("--site: Umami's tracker needs the website's UUID");
        };
    }

    void check() {
        Check.within("--batch", batch, 1, MOST_EVENTS);
        Check.that(
                domain.length() <= 253 && domain.matches("[A-Za-z0-9._-]+(:[0-9]+)?"),
                "--domain",
                "must be a host name: " + domain);
        Check.that(site().matches(siteSyntax()), "--site", "not as " + format + " names one: " + site());
        Format chosen = Format.of(format, site(), domain);
        Check.that(batch == 1 || chosen.arrays(), "--batch", format + "'s tracker sends one event a request");
        Check.that(
                heartbeats == null || heartbeats >= 0 && heartbeats < 1,
                "--heartbeats",
                "must be from 0 to below 1, not " + heartbeats);
        Check.that(
                heartbeats == null || heartbeats == 0 || chosen.heartbeats(),
                "--heartbeats",
                format + "'s tracker has none");
    }

    private String siteSyntax() {
        return switch (format) {
            case MILLRACE -> "[1-9][0-9]{0,9}";
            case STORY -> "[A-Za-z0-9_-]{1,64}";
            case PLAUSIBLE -> "[A-Za-z0-9._,/:-]{1,253}";
            case UMAMI -> "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";
        };
    }

    void into(Plan.Builder plan) {
        plan.format(format)
                .site(site())
                .domain(domain)
                .batch(batch)
                .heartbeats(heartbeats == null ? 0.1 : heartbeats)
                .seed(seed)
                .run(run);
    }
}
