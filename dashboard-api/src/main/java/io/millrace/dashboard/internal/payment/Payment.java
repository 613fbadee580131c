package io.millrace.dashboard.internal.payment;

import io.millrace.engine.Conversion;
import io.millrace.engine.Money;
import io.millrace.engine.Site;
import java.util.Map;
import java.util.TreeMap;

/**
 * A payment as it was sent. Immutable; null is what was not sent.
 *
 * @param amount what was paid
 * @param occurredAt UTC milliseconds
 * @param affiliate the slug, lower case
 */
record Payment(
        Site site,
        String externalId,
        Conversion.Status status,
        Money amount,
        Long occurredAt,
        String visitor,
        String session,
        String affiliate) {

    /** The same, saying nothing but how much it was. */
    Payment amountAlone() {
        return new Payment(site, externalId, status, amount, null, null, null, null);
    }

    /** What names the visitor, the session and the affiliate, by field. */
    Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        names.put("visitor_id", visitor);
        names.put("session_id", session);
        names.put("affiliate", affiliate);
        names.values().removeIf(value -> value == null);
        return names;
    }
}
