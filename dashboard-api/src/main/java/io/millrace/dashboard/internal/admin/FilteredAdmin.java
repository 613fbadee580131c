package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.query.PeriodParser;
import io.millrace.dashboard.internal.report.FilteredSample;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.engine.BotMode;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Period;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageReader;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What of a site does not count, why, and back with it. Thread-safe.
 *
 * @param readers where it is read
 */
public record FilteredAdmin(
        Engine engine, StoreExecutor executor, AccountDirectory accounts, WorkerPool readers, InstantSource clock) {
    private static final String PATH = "/api/sites/{siteId}/filtered";
    private static final int SAMPLES = 100;
    private static final int DAYS = 30;
    private static final List<String> REASONS =
            Counter.botReasons().stream().map(Counter::reason).toList();
    private static final Input REASON =
            Input.choice("reason", REASONS, "That is no reason any more").must();
    private static final Form RESTORE = new Form("Restoration", REASON);

    /** Beacons that came on a day of the site: those that count as people's, those left out as bots, and of both. */
    record FilteredDay(String date, long people, long bots, long all) {}

    /** A reason, whether the site leaves out for it now, and how many it has left out. */
    record FilteredReason(String reason, boolean bot, boolean active, long count) {}

    /** What was left out in a period: by reason, by day, and the latest ones. */
    record Filtered(BotMode bots, List<FilteredReason> reasons, List<FilteredDay> days, List<FilteredSample> samples) {}

    /** How many count again. */
    record Restored(int restored) {}

    public List<Operation> operations() {
        return List.of(
                Operation.get(
                                PATH,
                                Permission.READ,
                                "What of a site does not count, by reason and day, with the latest ones")
                        .with(PeriodParser.PERIOD, PeriodParser.FROM, PeriodParser.TO)
                        .answers(Filtered.class)
                        .by(this::show),
                Operation.post(PATH, Permission.EDIT, "Leave out for a reason no more, and bring back what was")
                        .takes(RESTORE)
                        .answers(Restored.class)
                        .by(this::restore));
    }

    private CompletableFuture<ApiResponse> show(Call call) {
        Site site = call.site();
        Period period = PeriodParser.parse(call.params(), DAYS + "d", site.zone(), clock.millis())
                .current();
        int first = site.dayOf(period.from());
        int last = Math.min(site.dayOf(period.to() - 1), site.dayOf(clock.millis()));
        if (last - first > 400) {
            throw ApiException.parameter("period", "must be 400 days at most");
        }
        return readers.submit(Claim.USER, () -> filtered(site, first, last))
                .thenApply(answer -> ApiAnswers.json(200, answer));
    }

    private Filtered filtered(Site site, int first, int last) {
        StorageReader reader = engine.storage().reader();
        Map<Counter, Long> sums = new EnumMap<>(Counter.class);
        List<FilteredDay> days = new ArrayList<>();
        Map<Integer, Map<Counter, Long>> ledger = reader.ledgerDays(site.id(), first, last);
        for (int day = first; day <= last; day++) {
            Map<Counter, Long> counts = ledger.getOrDefault(day, Map.of());
            counts.forEach((counter, n) -> sums.merge(counter, n, Long::sum));
            long people = counts.getOrDefault(Counter.STORED, 0L);
            long bots = Counter.botReasons().stream()
                    .mapToLong(reason -> counts.getOrDefault(reason, 0L))
                    .sum();
            days.add(new FilteredDay(LocalDate.ofEpochDay(day).toString(), people, bots, people + bots));
        }
        List<FilteredReason> reasons = new ArrayList<>();
        for (Counter counter : Counter.values()) {
            boolean bot = Counter.botReasons().contains(counter);
            long n = sums.getOrDefault(counter, 0L);
            if (counter.group() == Counter.Group.FILTERED && (n > 0 || bot)) {
                reasons.add(new FilteredReason(counter.reason(), bot, !bot || site.leavesOut(counter), n));
            }
        }
        List<FilteredSample> samples = reader.filtered(site.id(), SAMPLES).stream()
                .map(filtered -> FilteredSample.of(filtered.event(), site))
                .toList();
        return new Filtered(site.bots(), reasons, days, samples);
    }

    private CompletableFuture<ApiResponse> restore(Call call) {
        String name = JsonBody.of(call.request(), RESTORE).required("reason", 40);
        Counter reason = Counter.botReasons().stream()
                .filter(r -> r.reason().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.field("reason", "must be one of " + String.join(", ", REASONS)));
        Site site = call.site();
        Set<Counter> allowed = new HashSet<>(site.allowedBots());
        allowed.add(reason);
        return executor.submit(() -> engine.updateSite(site.withAllowedBots(allowed)))
                .thenCompose(s -> accounts.note(call, "site.restore", site.domain() + " " + name))
                .thenCompose(v -> engine.restore(site.id(), reason))
                .thenApply(n -> ApiAnswers.json(200, new Restored(n)));
    }
}
