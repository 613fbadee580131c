package io.millrace.replay.internal.records;

import io.millrace.engine.Beacon;
import io.millrace.engine.Event;
import io.millrace.engine.Money;
import io.millrace.engine.PastSale;
import io.millrace.engine.PastVisit;
import io.millrace.engine.Visit;
import io.millrace.wire.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The same as tables of CSV (RFC 4180): times in ISO 8601, UTC. Stateless. */
final class Tables {
    static final List<String> VISITS = List.of(
            "visit_id,visitor,session_id,started_at,last_activity,page_views,events,engaged_ms,bounce,entry_page,exit_page,"
                    + "hostname,source,channel,referrer,utm_source,utm_medium,utm_campaign,utm_term,utm_content,country,region,"
                    + "city,browser,browser_version,os,os_version,device,language,screen_width,screen_height");
    static final List<String> PAGE_VIEWS = List.of("visit_id,time,hostname,path,title,event_id,engaged_ms,scroll");
    static final List<String> EVENTS = List.of("visit_id,time,name,hostname,path,event_id,props,amount,currency");
    static final List<String> PAYMENTS =
            List.of("external_id,occurred_at,status,amount,refunded,currency,visitor,visit_id");

    private Tables() {}

    static void visit(PartFile to, PastVisit past) throws IOException {
        Visit v = past.visit();
        Visit.Origin o = v.origin();
        row(
                to,
                v.id(),
                v.key().visitor(),
                v.key().sessionId(),
                Instant.ofEpochMilli(v.startedAt()),
                Instant.ofEpochMilli(v.lastActivity()),
                v.pageViews(),
                v.events(),
                v.engagedMillis(),
                v.bounce(),
                o.entryPath(),
                v.exitPath(),
                o.hostname(),
                o.source(),
                o.channel(),
                o.referrer(),
                o.campaign().source(),
                o.campaign().medium(),
                o.campaign().name(),
                o.campaign().term(),
                o.campaign().content(),
                o.place().country(),
                o.place().region(),
                o.place().city(),
                o.agent().browser(),
                o.agent().browserVersion(),
                o.agent().os(),
                o.agent().osVersion(),
                o.agent().device(),
                o.language(),
                o.screenWidth() == 0 ? null : o.screenWidth(),
                o.screenHeight() == 0 ? null : o.screenHeight());
    }

    static void hits(PartFile pages, PartFile events, PastVisit past) throws IOException {
        for (Event e : past.hits()) {
            Instant time = Instant.ofEpochMilli(e.time());
            if (e.type() == Beacon.Type.PAGEVIEW) {
                row(
                        pages,
                        past.visit().id(),
                        time,
                        e.hostname(),
                        e.path(),
                        e.title(),
                        e.id(),
                        e.engagedMillis(),
                        e.scroll());
            } else {
                row(
                        events,
                        past.visit().id(),
                        time,
                        e.name(),
                        e.hostname(),
                        e.path(),
                        e.id(),
                        e.props().isEmpty() ? null : new String(Json.write(e.props()), StandardCharsets.UTF_8),
                        amount(e.revenue()),
                        e.revenue() == null ? null : e.revenue().currency());
            }
        }
    }

    static void payment(PartFile to, PastSale sold) throws IOException {
        var c = sold.sale().conversion();
        row(
                to,
                c.externalId(),
                Instant.ofEpochMilli(c.occurredAt()),
                c.status().name().toLowerCase(java.util.Locale.ROOT),
                amount(c.amount()),
                amount(new Money(c.refunded(), c.amount().currency())),
                c.amount().currency(),
                c.visitor(),
                c.visitId() == 0 ? null : c.visitId());
    }

    private static String amount(Money money) {
        return money == null
                ? null
                : BigDecimal.valueOf(
                                money.minor(),
                                Math.max(
                                        0,
                                        Currency.getInstance(money.currency()).getDefaultFractionDigits()))
                        .toPlainString();
    }

    private static void row(PartFile to, Object... cells) throws IOException {
        line(to, Arrays.stream(cells).map(Tables::cell).collect(Collectors.joining(",")));
    }

    static void line(PartFile to, String line) throws IOException {
        to.line((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Spreadsheets take a text that begins like a formula for one. */
    private static String cell(Object value) {
        String text = Objects.toString(value, "");
        if (value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            text = '\'' + text;
        }
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
