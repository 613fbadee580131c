package io.millrace.storage.sqlite.internal.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is remembered of strangers' texts is bounded in bytes. */
@Timeout(60)
class CommittedCacheTest {
    private static final long LIMIT = 8L << 20;

    /** Bytes that live, once two collections in a row agree: what earlier tests left is gone by then. */
    private static long heap() {
        long last = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            System.gc();
            long now = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            if (Math.abs(last - now) < 64 << 10) {
                return now;
            }
            last = now;
        }
        return last;
    }

    private static CommittedCache<String, Integer> fill(int texts, int longest) {
        CommittedCache<String, Integer> cache = new CommittedCache<>(LIMIT, HeldBytes::numbered);
        Random random = new Random(5);
        for (int i = 0; i < texts; i++) {
            cache.put(i + "/" + "x".repeat(random.nextInt(longest)), i + 1_000);
            cache.commit();
            assertThat(cache.held()).isLessThanOrEqualTo(LIMIT);
        }
        return cache;
    }

    @Test
    void itIsFilledToItsBoundAndNotBeyond() {
        assertThat(fill(200_000, 20).held()).isGreaterThan(LIMIT / 2);
        assertThat(fill(4_000, 8_000).held()).isGreaterThan(LIMIT / 2);
    }

    @Test
    void theBytesThatItSaysAreThoseThatItHolds() {
        long said = 0;
        long[] measured = new long[5];
        for (int i = 0; i < measured.length; i++) {
            CommittedCache<String, Integer> cache = fill(200_000, 20);
            said = cache.held();
            long with = heap();
            cache.clear();
            measured[i] = with - heap();
        }
        Arrays.sort(measured);
        long held = measured[measured.length / 2]; // what other tests left may go in one of the rounds
        assertThat(said).isBetween(held * 2 / 3, held * 2);
    }

    @Test
    void whatIsUsedStaysWhileJunkComesAndGoes() {
        CommittedCache<String, Integer> cache = new CommittedCache<>(LIMIT, HeldBytes::numbered);
        cache.keep("/home", 1);
        for (int i = 0; i < 200_000; i++) {
            cache.keep("/junk/" + i, i);
            assertThat(cache.get("/home")).isEqualTo(1);
        }
        assertThat(cache.get("/junk/0")).isNull();
    }

    @Test
    void aTextLargerThanTheBoundIsNotRemembered() {
        CommittedCache<String, Integer> cache = new CommittedCache<>(1_000, HeldBytes::numbered);
        cache.keep("x".repeat(1_000), 1);
        assertThat(cache.held()).isZero();
    }

    @Test
    void whatTheTransactionMadeIsForgottenWithIt() {
        CommittedCache<String, Integer> cache = new CommittedCache<>(LIMIT, HeldBytes::numbered);
        cache.put("/a", 1);
        assertThat(cache.get("/a")).isEqualTo(1);
        cache.rollback();
        assertThat(cache.get("/a")).isNull();
    }
}
