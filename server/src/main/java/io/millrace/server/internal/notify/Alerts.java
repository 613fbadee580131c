package io.millrace.server.internal.notify;

import io.millrace.engine.Engine;
import io.millrace.engine.Goal;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a site's last full hour says, held against the same hour of the four weeks before. */
record Alerts(Engine engine, Site site) {
    private static final int WEEKS = 4;
    private static final long ENOUGH = 50;
    private static final double SPIKE = 3;
    private static final double DROP = 4;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int SILENT_HOURS = 6;

    /** @param end the end of the hour */
    List<Notice> of(Instant end) {
        List<Notice> found = new ArrayList<>();
        long now = visitors(end, HOUR);
        double usual = usual(end, HOUR);
        if (now >= ENOUGH && now > SPIKE * usual) {
            found.add(notice(Topic.SPIKE, end, "far more visitors than usual", now, usual));
        }
        if (usual >= ENOUGH && now < usual / DROP && now > 0) {
            found.add(notice(Topic.DROP, end, "far fewer visitors than usual", now, usual));
        }
        Duration silence = HOUR.multipliedBy(SILENT_HOURS);
        if (now == 0 && visitors(end, silence) == 0) {
            double before = usual(end, silence);
            if (before >= ENOUGH) {
                found.add(notice(Topic.NO_DATA, end, "nothing has come for " + SILENT_HOURS + " hours", 0, before));
            }
        }
        for (Goal goal : engine.sites().goals(site.id())) {
            long completions = completions(goal, end);
            if (completions > 0) {
                found.add(goal(goal, end, completions));
            }
        }
        return found;
    }

    private double usual(Instant end, Duration time) {
        double sum = 0;
        for (int week = 1; week <= WEEKS; week++) {
            sum += visitors(end.minus(Duration.ofDays(7L * week)), time);
        }
        return sum / WEEKS;
    }

    private static Period period(Instant end, Duration time) {
        return new Period(end.minus(time).toEpochMilli(), end.toEpochMilli());
    }

    private long visitors(Instant end, Duration time) {
        return engine.query(Query.totals(site.id(), period(end, time), site.zone(), Metric.VISITORS))
                .rows()
                .get(0)
                .metrics()
                .get(0);
    }

    private long completions(Goal goal, Instant end) {
        Query query = Query.totals(site.id(), period(end, HOUR), site.zone(), Metric.PAGE_VIEWS, Metric.EVENTS)
                .where(goal.filters());
        return engine.query(query).rows().get(0).metrics().stream()
                .mapToLong(n -> n)
                .sum();
    }

    private Notice notice(Topic topic, Instant end, String what, long now, double usual) {
        String title = site.domain() + ": " + what;
        String text = String.format(
                Locale.ROOT,
                "%,d visitors in the hour before %s; usual at that time: %,d.",
                now,
                end,
                Math.round(usual));
        return new Notice(
                id(topic, end),
                topic,
                site.domain(),
                end,
                title,
                text + "\n",
                "<h1>" + Html.escape(title) + "</h1><p>" + Html.escape(text) + "</p>",
                Map.of("visitors", now, "usual", Math.round(usual)));
    }

    private Notice goal(Goal goal, Instant end, long completions) {
        String title = site.domain() + ": goal " + goal.name();
        String text = String.format(Locale.ROOT, "Completed %,d times in the hour before %s.", completions, end);
        return new Notice(
                id(Topic.GOAL, end) + "-" + goal.id(),
                Topic.GOAL,
                site.domain(),
                end,
                title,
                text + "\n",
                "<h1>" + Html.escape(title) + "</h1><p>" + Html.escape(text) + "</p>",
                Map.of("goal", (long) goal.id(), "completions", completions));
    }

    private String id(Topic topic, Instant end) {
        return topic.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + site.id() + "-" + end.getEpochSecond();
    }
}
