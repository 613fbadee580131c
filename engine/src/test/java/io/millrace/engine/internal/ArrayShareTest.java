package io.millrace.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Arrays of 500 members against a store thread of a given speed. */
class ArrayShareTest {
    private static final int RING = 16_384;
    private static final int MEMBERS = 500;

    private final ArrayShare share = new ArrayShare(RING);

    @Test
    void arraysWhoseMembersAreDearGetAsMuchAsIsSettledInAMoment() {
        assertThat(waitAfterBatches(100, 0.01)).isBetween(20L, 2L * ArrayShare.PATIENCE_MILLIS);
        assertThat(waitAfterBatches(100, 0.05)).isBetween(20L, 2L * ArrayShare.PATIENCE_MILLIS);
        assertThat(waitAfterBatches(100, 1)).as("one at a time").isEqualTo(MEMBERS);
    }

    @Test
    void arraysWhoseMembersAreCheapGetMoreAndMoreAndNeverMoreThanTheRing() {
        int first = slotsTaken();
        assertThat(first).isLessThanOrEqualTo(ArrayShare.AT_FIRST);
        share.release(first, 1);
        waitAfterBatches(200, 0.001);
        assertThat(slotsTaken()).isBetween(RING - MEMBERS, RING);
    }

    @Test
    void loneBeaconsThatAreSettledInTimeGiveArraysNothing() {
        share.release(slotsTaken(), 400);
        int few = slotsTaken();
        for (int i = 0; i < 100; i++) {
            assertThat(share.full(MEMBERS)).isTrue();
            share.release(0, 1);
        }
        share.add(-few);
        assertThat(slotsTaken()).isEqualTo(few);
    }

    @Test
    void anArrayIsTakenWhenNoOtherHasASlot() {
        share.add(MEMBERS);
        share.release(MEMBERS, 60_000);
        assertThat(share.full(MEMBERS)).isFalse();
        share.add(MEMBERS);
        assertThat(share.full(MEMBERS)).isTrue();
        share.add(-MEMBERS);
        assertThat(share.full(MEMBERS)).isFalse();
    }

    @Test
    void slownessThatIsNotTheirsTakesNothingFromArrays() {
        share.release(0, 60_000);
        assertThat(slotsTaken()).isEqualTo(ArrayShare.AT_FIRST);
    }

    /** How long the last of so many batches takes when everybody always has another array and a slot costs so much. */
    private long waitAfterBatches(int batches, double millisPerSlot) {
        long wait = 0;
        for (int i = 0; i < batches; i++) {
            int members = slotsTaken();
            wait = (long) (members * millisPerSlot);
            share.release(members, wait);
        }
        return wait;
    }

    private int slotsTaken() {
        int slots = 0;
        while (!share.full(MEMBERS)) {
            share.add(MEMBERS);
            slots += MEMBERS;
        }
        return slots;
    }
}
