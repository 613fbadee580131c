package io.millrace.server.internal.notify;

import com.google.common.hash.Hashing;
import io.millrace.wire.json.JsonWriter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * Posts notices to addresses, signed. Redirects are not followed and answers are not read, so that nothing behind this machine's
 * network can be asked by who may say where to post. Immutable.
 *
 * @param privateToo whether addresses of private networks are posted to
 */
record Webhook(boolean privateToo) {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MOST_PORT = 0xffff;
    private static final int CARRIER_GRADE = 0b0110_0100_01; // 100.64.0.0/10

    /** Why nothing is posted there, for people; or null. */
    String refusal(String target) {
        try {
            URI uri = URI.create(target);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !scheme.equals("http")
                    || uri.getHost() == null
                    || uri.getUserInfo() != null
                    || uri.getPort() == 0
                    || uri.getPort() > MOST_PORT) {
                return "must be an http or https URL without a log-in";
            }
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                if (!privateToo && !isPublic(address)) {
                    return "leads into a private network; webhooks.private allows that";
                }
            }
            return null;
        } catch (IllegalArgumentException e) {
            return "must be an http or https URL";
        } catch (UnknownHostException e) {
            return "there is no such host";
        }
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean sharedOrUnique = address instanceof Inet6Address
                ? (bytes[0] & 0xfe) == 0xfc || isEmbedded(bytes)
                : ((bytes[0] & 0xff) << 2 | (bytes[1] & 0xff) >> 6) == CARRIER_GRADE
                        || bytes[0] == 0
                        || (bytes[0] & 0xf0) == 0xf0;
        return !(address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || sharedOrUnique);
    }

    /** IPv6 that stands for IPv4: 64:ff9b::/96, 2002::/16 and ::a.b.c.d, which a gateway may lead anywhere. */
    private static boolean isEmbedded(byte[] b) {
        boolean nat64 = b[0] == 0 && b[1] == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b;
        boolean sixToFour = b[0] == 0x20 && b[1] == 2;
        boolean compatible = true;
        for (int i = 0; i < 12; i++) {
            compatible &= b[i] == 0;
        }
        return nat64 || sixToFour || compatible;
    }

    /**
     * @param secret what signs it
     * @throws IOException when it is not answered with a status of success
     */
    void post(String target, byte[] body, String id, byte[] secret, Instant now) throws IOException {
        // Looked up again: the name may lead elsewhere by now. The JDK keeps what it found for the connection that
        // follows.
        String refusal = refusal(target);
        if (refusal != null) {
            throw new IOException(target + ": " + refusal);
        }
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(target).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("User-Agent", "Millrace");
        connection.setRequestProperty("X-Millrace-Delivery", id);
        connection.setRequestProperty("X-Millrace-Signature", signature(body, secret, now));
        connection.setFixedLengthStreamingMode(body.length);
        try {
            connection.getOutputStream().write(body);
            int status = connection.getResponseCode();
            if (status < 200 || status > 299) {
                throw new IOException("it answered " + status);
            }
        } finally {
            connection.disconnect();
        }
    }

    /** {@code t=SECONDS,v1=HEX}: HMAC-SHA256 of the seconds, a full stop and the body. */
    static String signature(byte[] body, byte[] secret, Instant now) {
        String time = Long.toString(now.getEpochSecond());
        String hex = Hashing.hmacSha256(secret)
                .newHasher()
                .putString(time + ".", StandardCharsets.UTF_8)
                .putBytes(body)
                .hash()
                .toString();
        return "t=" + time + ",v1=" + hex;
    }

    /** A notice for programs. */
    static byte[] json(Notice notice) {
        JsonWriter json = new JsonWriter()
                .object()
                .member("id", notice.id())
                .member("type", notice.topic().name().toLowerCase(Locale.ROOT))
                .member("site", notice.site())
                .member("time", notice.at().toString())
                .member("title", notice.title())
                .member("text", notice.text())
                .name("figures")
                .object();
        notice.figures().forEach(json::member);
        return json.endObject().endObject().toByteArray();
    }

    /** A notice as Slack takes it, and what is like it. */
    static byte[] slack(Notice notice) {
        return new JsonWriter()
                .object()
                .member("text", "*" + slackText(notice.title()) + "*\n" + slackText(notice.text()))
                .endObject()
                .toByteArray();
    }

    private static String slackText(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
