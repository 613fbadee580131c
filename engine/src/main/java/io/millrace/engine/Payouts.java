package io.millrace.engine;

import io.millrace.engine.spi.StorageWriter;

/** Records what affiliates were paid, each payment once by its reference. Stateless; for the store thread. */
public final class Payouts {
    private Payouts() {}

    /**
     * What became of a payout.
     *
     * @param payout as it is stored: another one than was sent, perhaps, when it {@link Payout#conflict conflicts}
     * @param isNew false: its reference was known, and nothing has changed
     */
    public record Recorded(Payout payout, boolean isNew) {}

    /** Records a payout that has no {@link Payout#fault}. */
    public static Recorded record(StorageWriter writer, Payout sent) {
        return writer.findPayout(sent.siteId(), sent.affiliateId(), sent.reference())
                .map(known -> new Recorded(known, false))
                .orElseGet(() -> new Recorded(writer.savePayout(sent), true));
    }
}
