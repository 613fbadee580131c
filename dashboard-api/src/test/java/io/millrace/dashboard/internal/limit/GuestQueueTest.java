package io.millrace.dashboard.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestQueueTest {
    private final GuestQueue<String> queue = new GuestQueue<>(8, 3);
    private int networks;

    private static Claim claim(String group, String network) {
        return new Claim(false, Digest.of(group), Digest.of(network));
    }

    /** Work of a group, from a network that nobody else has; returns the work that has no place. */
    private String add(String group, String work) {
        return queue.add(claim(group, "network " + networks++), work);
    }

    private List<String> order() {
        List<String> order = new ArrayList<>();
        for (String next = queue.poll(); next != null; next = queue.poll()) {
            order.add(next);
        }
        return order;
    }

    @Test
    void takesOneOfEachGroupInTurn() {
        for (String work : List.of("a1", "a2", "a3")) {
            add("a", work);
        }
        add("b", "b1");
        add("b", "b2");
        add("c", "c1");
        assertThat(order()).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
        assertThat(queue.size()).isZero();
    }

    @Test
    void givesANetworkThreePlaces() {
        for (int i = 0; i < 3; i++) {
            assertThat(queue.add(claim("group " + i, "one"), "work")).isNull();
        }
        assertThat(queue.add(claim("group", "one"), "fourth")).isEqualTo("fourth");
        queue.poll();
        assertThat(queue.add(claim("group", "one"), "fifth")).isNull();
    }

    @Test
    void takesAPlaceFromTheLongestLineWhenItIsFull() {
        for (int i = 0; i < 8; i++) {
            add("crowd", "crowd " + i);
        }
        assertThat(add("crowd", "one more of the crowd")).isEqualTo("one more of the crowd");
        assertThat(add("small", "small 0")).isEqualTo("crowd 7");
        assertThat(add("small", "small 1")).isEqualTo("crowd 6");
        assertThat(queue.size()).isEqualTo(8);
        assertThat(order()).startsWith("crowd 0", "small 0", "crowd 1", "small 1");
    }
}
