package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.dashboard.internal.revenue.ConversionList.ConversionHead;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Conversion;
import io.millrace.engine.Engine;
import io.millrace.engine.Money;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.StorageWriter;
import io.millrace.engine.spi.StorageWriter.AffiliateTouch;
import io.millrace.wire.MoneyReader;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Takes conversions. One is known by its external id: reporting it again answers what is stored, and a refund marks
 * it, in whatever order the two arrive. Thread-safe; decides on the store thread.
 */
public record ConversionRoutes(Engine engine, StoreExecutor executor, InstantSource clock) {
    private static final long MAX_AMOUNT = 1_000_000_000_000L;
    private static final long AHEAD_MILLIS = 86_400_000;
    private static final Input SITE = Input.whole("site_id", 1, Integer.MAX_VALUE, "The key's own when it is absent");
    private static final Input STATUS =
            Input.choice("status", Conversion.Status.values(), null).or("completed");
    private static final Input AMOUNT = Input.whole("amount", 0, MAX_AMOUNT, "In minor units of the currency")
            .must();
    private static final Form FORM = new Form(
            "NewConversion",
            SITE,
            Input.text("external_id", "What it is known by: reporting it again changes nothing")
                    .must(),
            STATUS,
            AMOUNT,
            Input.text("currency", "Three letters, ISO 4217").must(),
            Input.time("occurred_at", "Now when it is absent"),
            Input.text("visitor_id", null),
            Input.text("session_id", null),
            Input.text("affiliate", "Its slug; the visitor's last one when it is absent"));

    /** A conversion as it was sent. */
    private record Sent(
            Site site,
            String externalId,
            Conversion.Status status,
            Money amount,
            long occurredAt,
            String visitor,
            String session,
            Affiliate affiliate) {}

    /** What became of it. */
    private record Stored(Conversion conversion, boolean isNew) {}

    record RecordedConversion(
            @Unwrapped ConversionHead conversion, @Nullable String affiliate) {}

    public List<Operation> operations() {
        return List.of(Operation.post("/api/conversions", Permission.KNOWN, "Record a conversion or a refund")
                .takes(FORM)
                .answers(201, "It is new", RecordedConversion.class)
                .answers(200, "It was known already: as it is stored", RecordedConversion.class)
                .by(this::add));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), FORM);
        Site site = site(call.principal(), body);
        Sent sent = new Sent(
                site,
                body.required("external_id", 200),
                status(body),
                amount(body),
                time(body),
                body.text("visitor_id", 64),
                body.text("session_id", 64),
                affiliate(site, body));
        return executor.onStoreThread(writer -> store(writer, sent)).thenApply(s -> answer(s, site));
    }

    private Site site(Principal principal, JsonBody body) {
        int own = principal.key() == null ? 0 : principal.key().siteId();
        int id = body.has("site_id") ? body.number(SITE) : own;
        if (id == 0) {
            throw ApiException.field("site_id", "missing");
        }
        Site site = engine.sites().byId(id);
        if (site == null || !principal.sees(id)) {
            throw ApiException.notFound("site");
        }
        if (!principal.may(Permission.INGEST, id)) {
            throw ApiException.forbidden();
        }
        return site;
    }

    private static Conversion.Status status(JsonBody body) {
        String label = body.text("status");
        Conversion.Status status =
                label == null ? Conversion.Status.COMPLETED : Shape.constant(Conversion.Status.class, label);
        if (status == null) {
            throw ApiException.field("status", "must be completed or refunded");
        }
        return status;
    }

    private static Money amount(JsonBody body) {
        if (!body.hasValue("amount")) {
            throw ApiException.field("amount", "missing");
        }
        Currency currency = MoneyReader.currency(body.required("currency", 64));
        if (currency == null) {
            throw ApiException.field("currency", "must be three letters of ISO 4217");
        }
        return new Money(body.big(AMOUNT), currency.getCurrencyCode());
    }

    private long time(JsonBody body) {
        String text = body.text("occurred_at");
        if (text == null) {
            return clock.millis();
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (time.toEpochMilli() >= 0 && time.toEpochMilli() <= clock.millis() + AHEAD_MILLIS) {
                return time.toEpochMilli();
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // falls through to the one refusal that names the form
        }
        throw ApiException.field("occurred_at", "must be a time like 2026-11-20T13:00:00Z, not ahead");
    }

    private Affiliate affiliate(Site site, JsonBody body) {
        String slug = body.text("affiliate", 200);
        if (slug == null) {
            return null;
        }
        Affiliate found = engine.sites().affiliate(site.id(), slug.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw ApiException.field("affiliate", "no such affiliate");
        }
        return found;
    }

    private Stored store(StorageWriter writer, Sent sent) {
        Optional<Conversion> known = writer.findConversion(sent.site().id(), sent.externalId());
        if (known.isPresent()) {
            boolean refund =
                    sent.status() == Conversion.Status.REFUNDED && known.get().status() == Conversion.Status.COMPLETED;
            return new Stored(
                    refund ? writer.saveConversion(known.get().withStatus(sent.status())) : known.get(), false);
        }
        Optional<Visit> visit = visit(writer, sent);
        String visitor = sent.visitor() != null
                ? sent.visitor()
                : visit.map(v -> v.key().visitor()).orElse(null);
        int affiliate = sent.affiliate() != null ? sent.affiliate().id() : credited(writer, sent, visitor);
        Conversion conversion = new Conversion(
                0,
                sent.site().id(),
                sent.externalId(),
                sent.status(),
                sent.amount(),
                sent.occurredAt(),
                visitor,
                visit.map(Visit::id).orElse(0L),
                affiliate);
        return new Stored(writer.saveConversion(conversion), true);
    }

    private static Optional<Visit> visit(StorageWriter writer, Sent sent) {
        int site = sent.site().id();
        if (sent.visitor() == null && sent.session() == null) {
            return Optional.empty();
        }
        Optional<Visit> exact = writer.findVisit(site, sent.visitor(), sent.session(), sent.occurredAt());
        return exact.isPresent() || sent.visitor() == null
                ? exact
                : writer.findVisit(site, sent.visitor(), null, sent.occurredAt());
    }

    /** The affiliate of the visitor's latest affiliate visit that is within that affiliate's window; 0: nobody. */
    private int credited(StorageWriter writer, Sent sent, String visitor) {
        if (visitor == null) {
            return 0;
        }
        return writer.touches(sent.site().id(), visitor, sent.occurredAt()).stream()
                .filter(t -> within(t, sent))
                .max(Comparator.comparingLong(AffiliateTouch::time).thenComparingLong(AffiliateTouch::visitId))
                .map(AffiliateTouch::affiliateId)
                .orElse(0);
    }

    private boolean within(AffiliateTouch touch, Sent sent) {
        Affiliate affiliate = engine.sites().affiliate(sent.site().id(), touch.affiliateId());
        return affiliate != null
                && sent.occurredAt() - touch.time() <= affiliate.window().toMillis();
    }

    private ApiResponse answer(Stored stored, Site site) {
        Conversion c = stored.conversion();
        Affiliate affiliate = engine.sites().affiliate(site.id(), c.affiliateId());
        String slug = affiliate == null ? null : affiliate.slug();
        return ApiAnswers.json(stored.isNew() ? 201 : 200, new RecordedConversion(ConversionHead.of(c, site), slug));
    }
}
