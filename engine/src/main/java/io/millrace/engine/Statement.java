package io.millrace.engine;

import io.millrace.engine.spi.StorageReader;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
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

    /** What adds up by currencies, and by months. Not thread-safe. */
    private static final class Sums {
        private final Period period;
        private final ZoneId zone;
        private final Map<String, Long> carried = new TreeMap<>();
        private final Map<String, Sum> currencies = new TreeMap<>();
        private final Map<YearMonth, Map<String, Sum>> months = new TreeMap<>();

        private Sums(Period period, ZoneId zone) {
            this.period = period;
            this.zone = zone;
        }

        private void add(Entry e) {
            if (e.time() >= period.to()) {
                return;
            }
            carried.merge(e.currency(), e.time() < period.from() ? e.due() : 0, Long::sum);
            Sum sum = currencies.computeIfAbsent(e.currency(), c -> new Sum());
            if (e.time() >= period.from()) {
                sum.add(e);
                YearMonth month = YearMonth.from(Instant.ofEpochMilli(e.time()).atZone(zone));
                months.computeIfAbsent(month, m -> new TreeMap<>())
                        .computeIfAbsent(e.currency(), c -> new Sum())
                        .add(e);
            }
        }

        private Statement statement() {
            List<Balance> balances = new ArrayList<>();
            currencies.forEach((currency, s) -> {
                long before = carried.get(currency);
                long due = before + s.commission - s.refunded - s.paid;
                balances.add(new Balance(currency, before, s.commission, s.refunded, s.paid, due));
            });
            return new Statement(List.copyOf(balances), months(new TreeMap<>(carried)));
        }

        private List<Month> months(Map<String, Long> due) {
            List<Month> rows = new ArrayList<>();
            months.forEach((month, sums) -> sums.forEach((currency, s) -> {
                long left = due.merge(currency, s.commission - s.refunded - s.paid, Long::sum);
                rows.add(new Month(month, currency, s.conversions, s.revenue, s.commission, s.refunded, s.paid, left));
            }));
            return List.copyOf(rows);
        }
    }

    /**
     * The statement of a period, of all that the affiliate has sold and was paid until its end: read once, and held as sums.
     *
     * @param zone whose months they are
     */
    public static Statement of(StorageReader reader, Affiliate affiliate, Period period, ZoneId zone) {
        Sums sums = new Sums(period, zone);
        reader.sales(affiliate.siteId(), affiliate.id(), sale -> add(sums, sale));
        reader.payouts(affiliate.siteId(), affiliate.id(), payout -> add(sums, payout));
        return sums.statement();
    }

    private static void add(Sums sums, Sale sale) {
        Conversion c = sale.conversion();
        String currency = c.amount().currency();
        long left = c.amount().minor();
        sums.add(new Entry(c.occurredAt(), currency, 1, left, c.commissionOf(left), 0, 0));
        for (Refund refund : sale.refunds()) {
            long lost = c.commissionOf(left) - c.commissionOf(left - refund.amount());
            sums.add(new Entry(refund.occurredAt(), currency, 0, 0, 0, lost, 0));
            left -= refund.amount();
        }
    }

    private static void add(Sums sums, Payout payout) {
        Money amount = payout.amount();
        sums.add(new Entry(payout.paidAt(), amount.currency(), 0, 0, 0, 0, amount.minor()));
    }
}
