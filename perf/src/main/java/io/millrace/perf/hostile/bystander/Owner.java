package io.millrace.perf.hostile.bystander;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.perf.load.Response;
import io.millrace.perf.load.Work.Exchange;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Somebody who owns the other site: logs in with the right password from the browser that was used before, and changes
 * the site's name, by turns. Used by the client's thread.
 */
final class Owner implements Bystander.Asked {
    private final String authority;
    private final String key;
    private final String password;
    private String cookie = "";
    private int asked;

    Owner(String authority, String key, String password) {
        this.authority = authority;
        this.key = key;
        this.password = password;
    }

    @Override
    public void write(Exchange exchange) {
        boolean logsIn = asked++ % 2 == 0;
        exchange.attachment = logsIn;
        String request = logsIn
                ? request(
                        "POST /api/login",
                        "Sec-Fetch-Site: same-origin\r\n" + cookie,
                        "{\"email\":\"" + Bystander.EMAIL + "\",\"password\":\"" + password + "\"}")
                : request(
                        "PUT /api/sites/" + Bystander.SITE,
                        "Authorization: Bearer " + key + "\r\n",
                        "{\"name\":\"Other " + asked + "\"}");
        exchange.request.clear().put(request.getBytes(UTF_8));
        exchange.request.flip();
    }

    private String request(String line, String headers, String body) {
        return line + " HTTP/1.1\r\nHost: " + authority
                + "\r\nX-Forwarded-For: 203.0.113.51\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0"
                + "\r\nContent-Type: application/json\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    @Override
    public boolean good(Exchange exchange, Response response) {
        boolean logsIn = (Boolean) exchange.attachment;
        List<String> set = response.headers("set-cookie");
        if (logsIn && !set.isEmpty()) {
            cookie = set.stream()
                    .map(each -> each.split(";", 2)[0])
                    .collect(Collectors.joining("; ", "Cookie: ", "\r\n"));
        }
        return response.status() == 200 || response.status() == 204;
    }
}
