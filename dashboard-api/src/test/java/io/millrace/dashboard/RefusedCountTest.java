package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Site;
import io.millrace.engine.StubEngine;
import io.millrace.engine.spi.AccountStore.Scope;
import io.millrace.engine.spi.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a storage refuses to count was asked for wrongly, and the answer says where. */
@Timeout(30)
class RefusedCountTest {
    @Test
    void aDimensionWithTooManyValuesIsAWrongField() {
        StubStorage storage = new StubStorage().key("read", Scope.READ, 0);
        StubEngine engine = new StubEngine(storage, Site.of("example.com").withId(1));
        engine.answers(query -> {
            throw new StorageException(StorageException.Kind.CONTENT, "a property has too many values");
        });
        try (DashboardApi api = new DashboardApi(engine, new ApiKeys(storage), DashboardSettings.DEFAULT)) {
            Client.Answer answer = new Client(api)
                    .key("read")
                    .with("content-type", "application/json")
                    .send(
                            "POST",
                            "/api/query",
                            "{\"site_id\":1,\"metrics\":[\"events\"],\"dimensions\":[\"prop.id\"]}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.at("error.field")).isEqualTo("dimensions");
            assertThat(answer.at("error.message")).isEqualTo("dimensions: a property has too many values");
        }
    }
}
