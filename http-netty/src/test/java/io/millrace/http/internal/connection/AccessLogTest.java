package io.millrace.http.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Place;
import io.millrace.http.internal.client.Client;
import io.millrace.http.internal.message.Request;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogTest {

    @ParameterizedTest
    @CsvSource({
        "/share/5ecret, /share/*",
        "/share/5ecret/flow, /share/*/flow",
        "/api/shared/5ecret/overview, /api/shared/*/overview",
        "//Share//5ecret, //Share//*",
        "/shares/open, /shares/open",
    })
    void tellsNoTokenOfALink(String path, String told) {
        Client client = new Client("203.0.113.1", 1, false, false, false, Place.UNKNOWN);
        Request request = new Request("GET", path, path, new DefaultHttpHeaders(), client);
        assertThat(AccessLog.line(request, 200, 0, 0, 0)).contains("\"path\":\"" + told + "\"");
    }

    @Test
    void tellsOneRequestOnOneLineWithoutItsQuery() {
        Client client = new Client("203.0.113.1", 1, false, false, false, Place.UNKNOWN);
        Request request = new Request("GET", "/a?secret=1", "/a\"\n", new DefaultHttpHeaders(), client);
        assertThat(AccessLog.line(request, 202, 7, 1_763_600_000_000L, 1_763_600_000_012L))
                .isEqualTo("{\"time\":\"2025-11-20T00:53:20Z\",\"client\":\"203.0.113.1\",\"method\":\"GET\","
                        + "\"path\":\"/a\\\"\\n\",\"status\":202,\"bytes\":7,\"ms\":12}");
    }
}
