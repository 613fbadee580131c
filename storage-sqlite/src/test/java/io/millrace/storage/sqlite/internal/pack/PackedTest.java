package io.millrace.storage.sqlite.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns come back as they were, whatever the numbers are. */
class PackedTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 7, 255, 256, 65_535, 1L << 31, 1L << 56, (1L << 57) - 1, 1L << 57, Long.MAX_VALUE})
    void numbersOfEveryWidthComeBack(long most) {
        Random random = new Random(most);
        long[] values =
                LongStream.generate(() -> random.nextLong() & most).limit(1_000).toArray();
        assertThat(back(values, false, false)).containsExactly(values);
        assertThat(back(values, true, false)).containsExactly(values);
    }

    @Test
    void negativeNumbersAndTheFarthestApartComeBack() {
        long[] values = {-5, 3, Long.MIN_VALUE, Long.MAX_VALUE, 0};
        assertThat(back(values, true, false)).containsExactly(values);
        assertThat(back(new long[0], true, true)).isEmpty();
    }

    @Test
    void fewNumbersFarApartTakeABitEach() {
        long[] values = new long[8_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 3 == 0 ? 700_000_000 : 5;
        }
        byte[] coded = Packed.write(values, values.length, false, true);
        assertThat(coded.length).isLessThan(1_100);
        assertThat(back(values, false, true)).containsExactly(values);
        assertThat(back(values, true, true)).containsExactly(values);
    }

    @Test
    void aColumnThatIsAllTheSameTakesNoRoom() {
        long[] values = new long[10_000];
        Arrays.fill(values, 42);
        assertThat(Packed.write(values, values.length, true, true)).hasSize(10);
        assertThat(back(values, true, true)).containsOnly(42);
    }

    @Test
    void whatIsSeldomAnythingElseTakesAByteForEachTimeThatItIs() {
        Random random = new Random(1);
        for (int common : new int[] {0, -7}) {
            long[] values = new long[50_001];
            Arrays.fill(values, common);
            for (int i = 0; i < values.length; i += 1 + random.nextInt(60)) {
                values[i] = 900 + random.nextInt(8) * 100_000L;
            }
            values[values.length - 1] = 5;
            byte[] sparse = Packed.write(values, values.length, true, true);
            assertThat(sparse.length).isLessThan(values.length / 30 * 3 / 2);
            assertThat(Packed.read(sparse, values.length).bytes()).isLessThan(values.length / 4);
            assertThat(back(values, true, true)).containsExactly(values);
            assertThat(back(values, true, false)).containsExactly(values);
            int[] to = new int[3];
            Packed.read(sparse, values.length).copy(new int[] {values.length - 1, 0, 64}, 3, to, 0);
            assertThat(to).containsExactly(5, (int) values[0], (int) values[64]);
            assertThatThrownBy(() -> Packed.read(Arrays.copyOf(sparse, sparse.length - 9), values.length))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void copiesWhatStandsAtPlaces() {
        long[] values = {10, 20_000, 30, 40_000_000, 10, 10};
        int[] to = new int[4];
        for (boolean code : new boolean[] {false, true}) {
            Packed.read(Packed.write(values, values.length, false, code), values.length)
                    .copy(new int[] {3, 1, 0}, 3, to, 1);
            assertThat(to).containsExactly(0, 40_000_000, 20_000, 10);
        }
    }

    @Test
    void ascendingNumbersTakeAByteForASmallStep() {
        long[] values = new long[8_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1_000_000 + i * 3L - i % 2;
        }
        byte[] steps = Packed.writeSteps(values, values.length);
        assertThat(steps.length).isLessThan(8_020);
        Packed packed = Packed.read(steps, values.length);
        for (int i = 0; i < values.length; i++) {
            assertThat(packed.get(i)).isEqualTo(values[i]);
        }
        assertThat(Packed.read(Packed.writeSteps(values, 1), 1).get(0)).isEqualTo(1_000_000);
        assertThat(Packed.read(Packed.writeSteps(values, 0), 0).bytes()).isZero();
    }

    @Test
    void refusesWhatIsCut() {
        byte[] whole = Packed.write(LongStream.range(0, 1_000).toArray(), 1_000, false, false);
        assertThatThrownBy(() -> Packed.read(Arrays.copyOf(whole, whole.length - 1), 1_000))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Packed.read(null, 1_000)).isInstanceOf(IllegalArgumentException.class);
        byte[] deflated =
                Packed.write(LongStream.range(0, 10_000).map(i -> i / 100).toArray(), 10_000, true, false);
        assertThatThrownBy(() -> Packed.read(Arrays.copyOf(deflated, deflated.length - 9), 10_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static long[] back(long[] values, boolean deflate, boolean code) {
        Packed packed = Packed.read(Packed.write(values, values.length, deflate, code), values.length);
        long[] back = new long[values.length];
        for (int i = 0; i < back.length; i++) {
            back[i] = packed.get(i);
        }
        return back;
    }
}
