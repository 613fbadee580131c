package io.millrace.dashboard.internal.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.CollectPaths;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CollectOperationsTest {
    @Test
    void areThoseOfTheFrontEnd() {
        assertThat(told(CollectPaths.DEFAULT))
                .containsExactly(
                        "POST /api/collect",
                        "GET /p.gif",
                        "POST /api/event",
                        "POST /api/send",
                        "POST /api/batch",
                        "GET /count",
                        "POST /count");
    }

    @Test
    void followItsSettings() {
        assertThat(told(new CollectPaths(List.of("/b", "/c"), "/i.gif", false)))
                .containsExactly("POST /b", "POST /c", "GET /i.gif");
        assertThat(told(new CollectPaths(List.of(), "/i.gif", true))).isEmpty();
    }

    private static Stream<String> told(CollectPaths paths) {
        return CollectOperations.of(paths).stream().map(o -> o.method() + " " + o.template());
    }
}
