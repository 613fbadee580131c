package io.millrace.engine;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an affiliate has earned, lost by refunds and been paid in a period, each currency by itself. All amounts are in minor
 * units. Immutable.
 *
 * @param balances one for each currency in which there ever was anything until the period's end, in order
 * @param months one for each month and currency in which there was anything, in order
 */
public record Statement(List<Balance> balances, List<Month> months) {
    private static final Comparator<Entry> BY_TIME = Comparator.comparingLong(Entry::time);

    /**
     * What one currency comes to.
     *
     * @param carried what was due when the period began; negative: more was paid than was earned
     * @param commission of all payments of the period, before refunds
     * @param refunded what refunds of the period took back of commissions
     * @param paid what the affiliate was paid in the period
     * @param due what is left at its end
     */
    public record Balance(String currency, long carried, long commission, long refunded, long paid, long due) {}

    /**
     * A month of the site's zone, as far as it lies in the period.
     *
     * @param conversions payments, those that were refunded later too
     * @param revenue what was paid, before refunds
     * @param due what is left at the month's end
     */
    public record Month(
            YearMonth month,
            String currency,
            long conversions,
            long revenue,
            long commission,
            long refunded,
            long paid,
            long due) {}

    /** One thing that happened. */
    private record Entry(
            long time, String currency, long conversions, long revenue, long commission, long refunded, long paid) {
        private long due() {
            return commission - refunded - paid;
        }
    }

    /** What adds up. Not thread-safe. */
    private static final class Sum {
        private long conversions;
        private long revenue;
        private long commission;
        private long refunded;
        private long paid;

        private void add(Entry e) {
            conversions += e.conversions;
            revenue += e.revenue;
            commission += e.commission;
            refunded += e.refunded;
            paid += e.paid;
        }
    }

    /**
     * The statement of a period.
     *
     * @param sales all of the affiliate's, whenever they were
     * @param payouts all of the affiliate's
     * @param zone whose months they are
     */
    public static Statement of(List<Sale> sales, List<Payout> payouts, Period period, ZoneId zone) {
        List<Entry> entries = entries(sales, payouts);
        entries.removeIf(e -> e.time() >= period.to());
        entries.sort(BY_TIME);
        Map<String, Long> carried = new TreeMap<>();
        Map<String, Sum> sums = new TreeMap<>();
        Map<YearMonth, Map<String, Sum>> months = new TreeMap<>();
        for (Entry e : entries) {
            carried.merge(e.currency(), e.time() < period.from() ? e.due() : 0, Long::sum);
            Sum sum = sums.computeIfAbsent(e.currency(), c -> new Sum());
            if (e.time() >= period.from()) {
                sum.add(e);
                YearMonth month = YearMonth.from(Instant.ofEpochMilli(e.time()).atZone(zone));
                months.computeIfAbsent(month, m -> new TreeMap<>())
                        .computeIfAbsent(e.currency(), c -> new Sum())
                        .add(e);
            }
        }
        List<Balance> balances = new ArrayList<>();
        sums.forEach((currency, s) -> {
            long before = carried.get(currency);
            long due = before + s.commission - s.refunded - s.paid;
            balances.add(new Balance(currency, before, s.commission, s.refunded, s.paid, due));
        });
        return new Statement(List.copyOf(balances), months(months, new TreeMap<>(carried)));
    }

    private static List<Month> months(Map<YearMonth, Map<String, Sum>> months, Map<String, Long> due) {
        List<Month> rows = new ArrayList<>();
        months.forEach((month, currencies) -> currencies.forEach((currency, s) -> {
            long left = due.merge(currency, s.commission - s.refunded - s.paid, Long::sum);
            rows.add(new Month(month, currency, s.conversions, s.revenue, s.commission, s.refunded, s.paid, left));
        }));
        return List.copyOf(rows);
    }

    private static List<Entry> entries(List<Sale> sales, List<Payout> payouts) {
        List<Entry> entries = new ArrayList<>();
        for (Sale sale : sales) {
            Conversion c = sale.conversion();
            String currency = c.amount().currency();
            long left = c.amount().minor();
            entries.add(new Entry(c.occurredAt(), currency, 1, left, c.commissionOf(left), 0, 0));
            for (Refund refund : sale.refunds()) {
                long lost = c.commissionOf(left) - c.commissionOf(left - refund.amount());
                entries.add(new Entry(refund.occurredAt(), currency, 0, 0, 0, lost, 0));
                left -= refund.amount();
            }
        }
        for (Payout payout : payouts) {
            entries.add(new Entry(
                    payout.paidAt(),
                    payout.amount().currency(),
                    0,
                    0,
                    0,
                    0,
                    payout.amount().minor()));
        }
        return entries;
    }
}
