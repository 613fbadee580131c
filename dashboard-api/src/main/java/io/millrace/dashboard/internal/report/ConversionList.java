package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Conversion;
import io.millrace.engine.Journey;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.wire.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Conversions one by one, newest first, each with its visit and the beginning of its visitor's journey. */
public final class ConversionList {
    private static final List<String> STATUSES = List.of("completed", "refunded", "all");
    private static final int JOURNEY = 20;
    private static final int MAX_PAGE = 1_000_000;

    private ConversionList() {}

    static JsonObject of(ReportContext context, Params params) {
        int page = params.number("page", 1, 1, MAX_PAGE);
        int limit = params.number("limit", 25, 1, 100);
        String status = params.has("status") ? params.one("status") : "completed";
        if (!STATUSES.contains(status)) {
            throw ApiException.parameter("status", "must be one of " + String.join(", ", STATUSES));
        }
        String search = params.has("search") ? params.one("search").toLowerCase(Locale.ROOT) : "";
        List<AttributedConversion> found = context.conversions().stream()
                .filter(s -> status.equals("all") || status.equals(name(s.conversion())))
                .filter(s -> search.isEmpty() || matches(s, search))
                .toList();
        List<AttributedConversion> shown =
                found.stream().skip((page - 1L) * limit).limit(limit).toList();
        JsonObject pages = JsonObject.of("page", page)
                .with("limit", limit)
                .with("total", found.size())
                .with("totalPages", (found.size() + limit - 1) / limit);
        return context.head().with("conversions", rows(context, shown)).with("pagination", pages);
    }

    private static String name(Conversion c) {
        return c.status().name().toLowerCase(Locale.ROOT);
    }

    private static boolean matches(AttributedConversion s, String search) {
        Stream<String> texts =
                Stream.of(s.conversion().externalId(), s.conversion().visitor());
        if (s.visit() != null) {
            Visit.Origin o = s.visit().origin();
            texts = Stream.concat(
                    texts, Stream.of(o.source(), o.referrerHost(), o.campaign().name()));
        }
        return texts.filter(Objects::nonNull)
                .anyMatch(t -> t.toLowerCase(Locale.ROOT).contains(search));
    }

    private static List<JsonObject> rows(ReportContext context, List<AttributedConversion> shown) {
        List<String> visitors = shown.stream()
                .map(s -> s.conversion().visitor())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<String, Journey> journeys = visitors.isEmpty()
                ? Map.of()
                : context.reader().journeys(context.site().id(), visitors, 1, JOURNEY);
        return shown.stream()
                .map(s -> row(s, journey(journeys, s.conversion().visitor()), context.site()))
                .toList();
    }

    private static Journey journey(Map<String, Journey> journeys, String visitor) {
        return visitor == null ? null : journeys.get(visitor);
    }

    private static JsonObject row(AttributedConversion s, Journey journey, Site site) {
        JsonObject row = describe(s.conversion(), site);
        row.putAll(visit(s.visit()));
        return row.with("timeToComplete", timeToComplete(s.conversion(), journey))
                .with("journey", journey == null ? List.of() : pages(journey, site));
    }

    /** The conversion itself. */
    public static JsonObject describe(Conversion c, Site site) {
        return JsonObject.of("id", c.id())
                .with("external_id", c.externalId())
                .with("visitor_id", c.visitor())
                .with("session_id", c.visitId() == 0 ? null : Long.toString(c.visitId()))
                .with("amount", c.amount().minor())
                .with("currency", c.amount().currency())
                .with("status", name(c))
                .with("affiliate_id", c.affiliateId() == 0 ? null : c.affiliateId())
                .with("occurred_at", Times.iso(c.occurredAt(), site.zone()));
    }

    private static JsonObject visit(Visit v) {
        Visit.Origin o = v == null ? null : v.origin();
        return JsonObject.of("source", o == null ? null : o.source())
                .with("referrer_domain", o == null ? null : o.referrerHost())
                .with("utm_source", o == null ? null : o.campaign().source())
                .with("utm_medium", o == null ? null : o.campaign().medium())
                .with("utm_campaign", o == null ? null : o.campaign().name())
                .with("country", o == null ? null : o.place().country())
                .with("city", o == null ? null : o.place().city())
                .with("browser", o == null ? null : o.agent().browser())
                .with("os", o == null ? null : o.agent().os())
                .with("device_type", o == null ? null : o.agent().device())
                .with("entry_page", o == null ? null : o.entryPath())
                .with("exit_page", v == null ? null : v.exitPath())
                .with("page_count", v == null ? null : v.pageViews())
                .with("session_duration", v == null ? null : v.durationSeconds());
    }

    /** Seconds from the start of the visitor's first visit to the conversion, or null: no visit is known. */
    static Long timeToComplete(Conversion c, Journey journey) {
        if (journey == null || journey.visits().isEmpty()) {
            return null;
        }
        return Math.max(0, (c.occurredAt() - journey.visits().get(0).startedAt()) / 1000);
    }

    private static List<JsonObject> pages(Journey journey, Site site) {
        return journey.pages().stream()
                .map(p -> JsonObject.of("pathname", p.path()).with("timestamp", Times.iso(p.time(), site.zone())))
                .toList();
    }
}
