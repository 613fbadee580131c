package io.millrace.perf.hostile;

import io.millrace.perf.hostile.bystander.Bystander;
import java.nio.ByteBuffer;
import java.util.List;

/** Wrong passwords, tokens and keys. */
final class Doors {
    private Doors() {}

    static List<Attack> all() {
        return List.of(
                Attack.ofRequests(
                        "logins",
                        "log-ins with wrong passwords, each of another account",
                        (s, t) -> post(s, "/api/login", logIn(s.digits(8) + "@example.com", s.digits(12)))),
                Attack.ofRequests(
                        "lockout",
                        "log-ins with wrong passwords, all of the owner's account",
                        (s, t) -> post(s, "/api/login", logIn(Bystander.EMAIL, s.digits(12)))),
                Attack.ofRequests(
                        "unlocks",
                        "wrong passwords for a shared link",
                        (s, t) -> post(
                                s, "/api/shared/" + t.locked() + "/unlock", "{\"password\":\"" + s.digits(12) + "\"}")),
                Attack.ofRequests(
                        "setups",
                        "wrong tokens for making the first user",
                        (s, t) -> post(
                                s,
                                "/api/setup",
                                "{\"token\":\"" + s.digits(32) + "\",\"email\":\"a@example.com\",\"password\":\""
                                        + s.digits(16) + "\"}")),
                Attack.ofRequests(
                        "keys",
                        "reports with wrong keys",
                        (s, t) -> Strangers.ascii("GET /api/analytics/1/overview HTTP/1.1\r\nHost: " + s.host()
                                + "\r\nX-Forwarded-For: " + s.anyAddress() + "\r\nAuthorization: Bearer mr_read_"
                                + s.digits(32) + "\r\n\r\n")),
                Attack.ofRequests(
                        "keyed",
                        "beacons with wrong keys",
                        (s, t) -> s.post(
                                s.anyAddress(),
                                Strangers.COLLECT,
                                "Authorization: Bearer mr_ingest_" + s.digits(32) + "\r\n",
                                Members.view(s.digits(16)))));
    }

    private static ByteBuffer post(Strangers s, String path, String body) {
        return s.post(s.anyAddress(), path, "Sec-Fetch-Site: same-origin\r\n", body);
    }

    private static String logIn(String email, String password) {
        return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
    }
}
