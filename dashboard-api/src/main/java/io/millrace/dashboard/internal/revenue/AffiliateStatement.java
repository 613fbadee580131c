package io.millrace.dashboard.internal.revenue;

import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.revenue.Affiliates.AffiliateHead;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Statement;
import io.millrace.engine.Statement.Balance;
import java.util.List;

/**
 * What an affiliate has earned, lost by refunds and been paid, and what is due, without any single payment: the affiliate
 * himself may see it.
 *
 * @param months in order; the CSV
 */
@Name("Statement")
public record AffiliateStatement(
        SiteHead site, PeriodHead period, AffiliateHead affiliate, List<Balance> balances, List<StatementRow> months) {

    /**
     * A month, each currency by itself.
     *
     * @param month {@code YYYY-MM}
     * @param due at its end
     */
    record StatementRow(
            String month,
            String currency,
            long conversions,
            long revenue,
            long commission,
            long refunded,
            long paid,
            long due) {
        private static StatementRow of(Statement.Month m) {
            return new StatementRow(
                    m.month().toString(),
                    m.currency(),
                    m.conversions(),
                    m.revenue(),
                    m.commission(),
                    m.refunded(),
                    m.paid(),
                    m.due());
        }
    }

    public static AffiliateStatement of(ReportContext context, int affiliateId) {
        int site = context.site().id();
        Affiliate affiliate = context.engine().sites().affiliate(site, affiliateId);
        if (affiliate == null) {
            throw ApiException.notFound("affiliate");
        }
        Statement statement = Statement.of(
                context.reader(),
                affiliate,
                context.period().current(),
                context.period().zone());
        return new AffiliateStatement(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                AffiliateHead.of(affiliate),
                statement.balances(),
                statement.months().stream().map(StatementRow::of).toList());
    }
}
