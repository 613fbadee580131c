package io.millrace.http.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(1_000);

    @Test
    void oneNetworkHoldsAQuarterAtMostByHoweverManyConnections() {
        MemoryBudget.Share first = budget.join(7L);
        MemoryBudget.Share second = budget.join(7L);
        assertThat(budget.take(first, 200, 0)).isTrue();
        assertThat(budget.take(second, 51, 0)).isFalse();
        assertThat(budget.take(second, 50, 0)).isTrue();
        assertThat(second.held()).isEqualTo(250);
        assertThat(second.connections()).isEqualTo(2);
        assertThat(budget.take(budget.join(8L), 250, 0)).isTrue();
    }

    @Test
    void connectionsOfAProxyHaveASharesOfTheirOwn() {
        assertThat(budget.take(budget.join(null), 250, 0)).isTrue();
        assertThat(budget.take(budget.join(null), 250, 0)).isTrue();
    }

    @Test
    void keepsApartWhatIsForOthersAndForgetsWhoHasLeft() {
        for (long network = 1; network <= 3; network++) {
            assertThat(budget.take(budget.join(network), 250, 0)).isTrue();
        }
        MemoryBudget.Share last = budget.join(4L);
        assertThat(budget.take(last, 150, 125)).isFalse();
        assertThat(budget.take(last, 125, 125)).isTrue();
        assertThat(budget.pressed()).isTrue();
        budget.add(last, -125);
        budget.leave(last);
        assertThat(budget.pressed()).isFalse();
        assertThat(budget.join(4L)).isNotSameAs(last);
    }
}
