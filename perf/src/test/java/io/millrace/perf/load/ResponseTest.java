package io.millrace.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {
    private static final String REFUSED =
            "HTTP/1.1 503 Service Unavailable\r\nRETRY-After: 7\r\nContent-length: 4\r\nConnection: Close\r\n\r\nfull";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void readsAnAnswerHoweverItIsCut(int piece) {
        Response response = read(REFUSED, piece);
        assertThat(response.done()).isTrue();
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.retryAfter()).isEqualTo(7);
        assertThat(response.body()).isEqualTo("full");
        assertThat(response.mustClose()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000})
    void readsChunksAndTrailers(int piece) {
        Response response = read(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n1A\r\n"
                        + "abcdefghijklmnopqrstuvwxyz\r\n0\r\nTrailer: a\r\n\r\n",
                piece);
        assertThat(response.done()).isTrue();
        assertThat(response.body()).isEqualTo("abcabcdefghijklmnopqrstuvwxyz");
    }

    @Test
    void stopsBehindItsEnd() {
        byte[] two = "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 202".getBytes(StandardCharsets.US_ASCII);
        Response response = new Response();
        response.reset();
        assertThat(response.feed(two, 0, two.length)).isEqualTo(27);
        assertThat(response.done()).isTrue();
    }

    @Test
    void skipsAnInterimAnswer() {
        Response response =
                read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", 1000);
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.done()).isTrue();
    }

    @Test
    void noticesWhatIsNotHttp() {
        assertThat(read("SSH-2.0-OpenSSH_9.2 hello\r\n\r\n", 1000).broken()).isTrue();
    }

    private static Response read(String text, int piece) {
        Response response = new Response();
        response.reset();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at += piece) {
            response.feed(bytes, at, Math.min(bytes.length, at + piece));
        }
        return response;
    }
}
