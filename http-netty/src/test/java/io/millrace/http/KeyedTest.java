package io.millrace.http;

import static io.millrace.http.ServerFixture.collect;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.ApiKeys;
import io.millrace.dashboard.Secrets;
import io.millrace.engine.Beacon;
import io.millrace.engine.ClientHints;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Key;
import io.millrace.engine.spi.AccountStore.Scope;
import io.millrace.http.HttpSettings.Limits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender may say who has a key. */
@Timeout(60)
class KeyedTest {
    private static final String PLAIN = "{'site_id':1,'url':'https://example.com/','visitor_id':'v'}";
    private static final String SAID = "{'site_id':1,'url':'https://example.com/','time':1500000000000,"
            + "'ip':'203.0.113.9','user_agent':'U','country':'DE'}";

    private final ServerFixture server = new ServerFixture(
            HttpSettings.DEFAULT
                    .with()
                    .limits(Limits.DEFAULT.with().requestsPerSecond(1).burst(1).build())
                    .build(),
            null,
            keys(),
            StaticFiles.NONE);

    private static ApiKeys keys() {
        return new ApiKeys(new AccountStore() {
            @Override
            public List<Key> keys() {
                return List.of(
                        key(1, "all", Scope.INGEST, 0), key(2, "two", Scope.INGEST, 2), key(3, "read", Scope.READ, 0));
            }

            @Override
            public Key saveKey(Key key) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void removeKey(int id) {
                throw new UnsupportedOperationException();
            }
        });
    }

    private static Key key(int id, String secret, Scope scope, int site) {
        return new Key(id, Secrets.hash(secret), scope, site, secret, 0, 0);
    }

    @AfterEach
    void theLawHolds() {
        assertThat(server.engine.counters().unsettled())
                .as("received less outcomes")
                .isZero();
        server.close();
    }

    private Beacon taken() {
        return server.engine.taken().get(server.engine.taken().size() - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Purpose: prefetch;prerender",
                "Sec-Purpose: prefetch;anonymous-client-ip",
                "Purpose: prefetch",
                "X-Purpose: preview",
                "X-Moz: prefetch"
            })
    void aBrowserSaysThatItFetchesAhead(String header) {
        server.ask(collect(PLAIN, header));
        assertThat(taken().sender()).isEqualTo(Beacon.Sender.PREFETCH);
        server.ask(collect(PLAIN, header, "Authorization: Bearer all"));
        assertThat(taken().sender()).isEqualTo(Beacon.Sender.SERVER);
    }

    @Test
    void aBrowsersHintsAreItsOwn() {
        String[] hints = {"Sec-CH-UA: \"Brave\";v=\"143\"", "Sec-CH-UA-Mobile: ?0", "Sec-CH-UA-Platform: \"macOS\""};
        server.ask(collect(PLAIN, hints));
        assertThat(taken().hints()).isEqualTo(new ClientHints("\"Brave\";v=\"143\"", null, "?0", "\"macOS\"", null));
        server.ask(collect(PLAIN));
        assertThat(taken().hints()).isNull();
        server.ask(collect(SAID, hints[0], hints[2], "Authorization: Bearer all"));
        assertThat(taken().hints())
                .as("those of the server that speaks for a visitor")
                .isNull();
    }

    @Test
    void whatSpeaksForVisitorsIsNotTakenForOne() {
        server.ask(collect(PLAIN, "User-Agent: curl/8"));
        assertThat(taken().sender()).isEqualTo(Beacon.Sender.BROWSER);
        server.ask(collect(PLAIN, "User-Agent: curl/8", "Authorization: Bearer all"));
        assertThat(taken().sender()).isEqualTo(Beacon.Sender.SERVER);
        server.ask(collect(SAID, "User-Agent: curl/8", "Authorization: Bearer all"));
        assertThat(taken().sender()).isEqualTo(Beacon.Sender.BROWSER);
    }

    @Test
    void aSenderWithAnIngestKeySaysWhenAndWho() {
        assertThat(server.ask(collect(SAID, "Authorization: Bearer all")).status())
                .isEqualTo(202);
        assertThat(taken().time()).isEqualTo(1_500_000_000_000L);
        assertThat(taken().address()).isEqualTo("203.0.113.9");
        assertThat(taken().userAgent()).isEqualTo("U");
        assertThat(taken().place().country()).isEqualTo("DE");
        assertThat(taken().trusted()).isTrue();
    }

    @Test
    void withoutOneOfThatSiteItIsIgnored() {
        for (String key : List.of("two", "read", "unknown", "")) {
            assertThat(server.ask(collect(SAID, "Authorization: Bearer " + key)).status())
                    .isEqualTo(202);
            assertThat(taken().time()).as(key).isZero();
            assertThat(taken().address()).isEqualTo("127.0.0.1");
            assertThat(taken().trusted()).isFalse();
        }
    }

    @Test
    void membersWithoutAnIdGetTheRequestsKey() {
        String body = "[" + SAID + "," + SAID.replace("{", "{'id':'own',") + "]";
        server.ask(collect(body, "Authorization: Bearer all", "Idempotency-Key: order-7"));
        assertThat(server.engine.taken()).extracting(Beacon::id).containsExactly("order-7/0", "own");
        assertThat(server.engine.taken()).extracting(Beacon::repeat).containsExactly(true, false);
    }

    @Test
    void anIdempotencyKeyWithoutAnIngestKeyIsIgnored() {
        server.ask(collect(SAID, "Idempotency-Key: order-7"));
        assertThat(taken().id()).isNull();
    }

    @Test
    void aSenderWithAKeySpeaksForManyAndHasNoRate() {
        for (int i = 0; i < 5; i++) {
            String[] headers = {"Authorization: Bearer all", "X-Forwarded-For: 203.0.113.1"};
            assertThat(server.ask(collect(SAID, headers)).status()).isEqualTo(202);
        }
        server.ask(collect(SAID, "X-Forwarded-For: 203.0.113.1"));
        assertThat(server.ask(collect(SAID, "X-Forwarded-For: 203.0.113.1")).status())
                .isEqualTo(429);
    }
}
