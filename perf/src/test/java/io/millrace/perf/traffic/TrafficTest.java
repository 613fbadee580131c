package io.millrace.perf.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final int DRAWS = 200_000;

    @Test
    void givesEveryEventAnIdOfItsOwn() {
        Traffic traffic = new Traffic(1, 1, 0.1);
        Hit hit = new Hit();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < DRAWS; i++) {
            traffic.next(hit);
            assertThat(ids.add(Ids.text(hit.id))).isTrue();
        }
        assertThat(ids).allMatch(id -> id.matches("[A-Za-z0-9_-]{22}"));
    }

    @Test
    void writesAnIdAsTheBase64OfItsBits() {
        byte[] id = new byte[Ids.LENGTH];
        Ids.write(0x0123456789abcdefL, 0xfedcba9876543210L, id);
        ByteBuffer bits = ByteBuffer.allocate(16).putLong(0x0123456789abcdefL).putLong(0xfedcba9876543210L);
        assertThat(Ids.text(id))
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(bits.array()));
    }

    @Test
    void drawsVisitsOfOneToTwentyPagesFourOnAverage() {
        Traffic traffic = new Traffic(7, 1, 0);
        Hit hit = new Hit();
        Map<String, Integer> pages = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            traffic.next(hit);
            pages.merge(new String(hit.session, StandardCharsets.ISO_8859_1), 1, Integer::sum);
        }
        assertThat(pages.values()).allMatch(n -> n <= 20);
        assertThat(DRAWS / (double) pages.size()).isCloseTo(4, within(0.15));
    }

    @Test
    void readsTheFirstPageAboutTwiceAsOftenAsTheSecond() {
        Traffic traffic = new Traffic(3, 1, 0);
        Hit hit = new Hit();
        int[] views = new int[World.PATHS];
        for (int i = 0; i < DRAWS; i++) {
            traffic.next(hit);
            views[hit.path]++;
        }
        assertThat(views[0] / (double) views[1]).isCloseTo(2, within(0.2));
        assertThat(views).doesNotContain(0);
    }

    @Test
    void repeatsAStreamWithItsSeedAndRunAndChangesOnlyTheIdsWithTheRun() {
        assertThat(stream(1, 1)).isEqualTo(stream(1, 1)).isNotEqualTo(stream(1, 2));
        assertThat(stream(1, 1).replaceAll("[A-Za-z0-9_-]{22}", ""))
                .isEqualTo(stream(1, 2).replaceAll("[A-Za-z0-9_-]{22}", ""));
    }

    private static String stream(long seed, long run) {
        Traffic traffic = new Traffic(seed, run, 0.1);
        Format format = Format.of(Format.Name.MILLRACE, "1", "example.com");
        Bytes bytes = new Bytes();
        Hit hit = new Hit();
        for (int i = 0; i < 100; i++) {
            traffic.next(hit);
            format.encode(hit, bytes);
        }
        return bytes.toString();
    }

    @Test
    void raisesTheAttemptOfEveryMemberWithoutMovingAByte() {
        Requests requests = requests(3);
        ByteBuffer request = ByteBuffer.allocate(Requests.capacity(3));
        requests.next(request);
        String first = text(request);
        Requests.raiseAttempts(request);
        assertThat(first).contains("\"attempt\":0").doesNotContain("\"attempt\":1");
        assertThat(text(request)).isEqualTo(first.replace("\"attempt\":0", "\"attempt\":1"));
    }

    @Test
    void saysTheLengthOfTheBodyAndSendsAnArrayForABatch() {
        ByteBuffer request = ByteBuffer.allocate(Requests.capacity(10));
        assertThat(requests(10).next(request)).isEqualTo(10);
        String[] parts = text(request).split("\r\n\r\n", 2);
        assertThat(parts[0])
                .contains("Content-Length: " + parts[1].length())
                .startsWith("POST /api/collect HTTP/1.1\r\n");
        assertThat(parts[1]).startsWith("[{\"site_id\":1").endsWith("}]");
    }

    private static Requests requests(int batch) {
        Format format = Format.of(Format.Name.MILLRACE, "1", "example.com");
        return new Requests(new Traffic(1, 1, 0), format, format.path(), "localhost", batch, "");
    }

    private static String text(ByteBuffer request) {
        return new String(request.array(), 0, request.limit(), StandardCharsets.UTF_8);
    }
}
