package io.millrace.server.internal.notify;

import io.millrace.engine.Dimension;
import io.millrace.engine.Engine;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Topic;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of a week or a month as a mail has them: beside those of the time before, with the top pages and sources. */
record SiteFigures(Engine engine, Site site, String baseUrl) {
    private static final int ROWS = 5;
    private static final int LONGEST = 80;

    /**
     * @param due the moment at which the time ends, the site's midnight before it
     */
    Notice of(Topic topic, Instant due, String id) {
        LocalDate end = due.atZone(site.zone()).toLocalDate();
        ChronoUnit unit = topic == Topic.WEEKLY ? ChronoUnit.WEEKS : ChronoUnit.MONTHS;
        LocalDate start = end.minus(1, unit);
        Period now = period(start, end);
        List<Long> figures = totals(now);
        List<Long> before = totals(period(start.minus(1, unit), start));
        String when = topic == Topic.WEEKLY
                ? "the week from " + start
                : String.format(Locale.ROOT, "%d-%02d", start.getYear(), start.getMonthValue());
        String title = site.domain() + ": " + when;
        String link = baseUrl + "/sites/" + site.id() + "?from=" + start + "&to=" + end.minusDays(1);
        StringBuilder text = new StringBuilder(title + "\n\n");
        StringBuilder html = new StringBuilder("<h1>" + Html.escape(title) + "</h1><table>");
        String[] names = {"Visitors", "Visits", "Page views"};
        for (int i = 0; i < names.length; i++) {
            String change = change(figures.get(i), before.get(i));
            text.append(String.format(Locale.ROOT, "%-11s %,12d  %s%n", names[i], figures.get(i), change));
            html.append("<tr><td>" + names[i] + "</td><td align=\"right\">"
                    + String.format(Locale.ROOT, "%,d", figures.get(i)) + "</td><td>" + change + "</td></tr>");
        }
        html.append("</table>");
        top(text, html, "Pages", now, Dimension.PAGE);
        top(text, html, "Sources", now, Dimension.SOURCE);
        text.append("\n").append(link).append("\n");
        html.append("<p><a href=\"" + Html.escape(link) + "\">All figures</a></p>");
        return new Notice(
                id,
                topic,
                site.domain(),
                due,
                title,
                text.toString().replace("\r", ""),
                html.toString(),
                Map.of("visitors", figures.get(0), "visits", figures.get(1), "page_views", figures.get(2)));
    }

    private Period period(LocalDate from, LocalDate to) {
        return new Period(site.startOfDay((int) from.toEpochDay()), site.startOfDay((int) to.toEpochDay()));
    }

    private List<Long> totals(Period period) {
        return engine.query(Query.totals(
                        site.id(), period, site.zone(), Metric.VISITORS, Metric.SESSIONS, Metric.PAGE_VIEWS))
                .rows()
                .get(0)
                .metrics();
    }

    private static String change(long now, long before) {
        return before == 0 ? "" : String.format(Locale.ROOT, "%+d %%", Math.round((now - before) * 100.0 / before));
    }

    private void top(StringBuilder text, StringBuilder html, String title, Period period, Dimension dimension) {
        List<Report.Row> rows = engine.query(Query.totals(site.id(), period, site.zone(), Metric.VISITORS)
                        .by(dimension, ROWS))
                .rows();
        text.append("\n").append(title).append("\n");
        html.append("<h2>" + title + "</h2><table>");
        for (Report.Row row : rows) {
            String name =
                    row.values().get(0) == null ? "Direct" : cut(row.values().get(0));
            text.append(String.format(Locale.ROOT, "%,12d  %s%n", row.metrics().get(0), name));
            html.append("<tr><td align=\"right\">"
                    + String.format(Locale.ROOT, "%,d", row.metrics().get(0)) + "</td><td>" + Html.escape(name)
                    + "</td></tr>");
        }
        html.append("</table>");
    }

    private static String cut(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "\u2026";
    }
}
