package io.millrace.http.internal.collect;

import io.millrace.http.internal.client.Client;
import io.millrace.http.internal.client.Networks;
import io.millrace.wire.Addresses;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when all beacons come from one private address, or by way of addresses that hand on others: then a proxy
 * stands in between that is not trusted or names nobody, and all its visitors are one. Says so once. Belongs to one event
 * loop.
 */
final class ProxyWarning {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyWarning.class);
    private static final int ENOUGH = 1_000;

    /** Of those that were handed on, less will do: a visitor's own proxy does not come first so often. */
    private static final int ENOUGH_HANDED_ON = 20;

    private static final Networks PRIVATE = new Networks(List.of(
            "loopback", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fe80::/10"));

    private final Consumer<String> heard;
    private String sole;
    private int seen;
    private int handedOn;

    /** @param heard is told, too, what is logged */
    ProxyWarning(Consumer<String> heard) {
        this.heard = heard;
    }

    /** A beacon came from this client. Answers whether that made it say something. */
    boolean saw(Client client) {
        boolean twice = client.behindTrusted() && !client.exempt() && sawHandedOn(client.handsOn());
        return sawFrom(client.address()) || twice;
    }

    private boolean sawHandedOn(boolean handsOn) {
        if (handedOn == ENOUGH_HANDED_ON) {
            return false;
        }
        handedOn = handsOn ? handedOn + 1 : ENOUGH_HANDED_ON;
        if (!handsOn || handedOn < ENOUGH_HANDED_ON) {
            return false;
        }
        say("the first " + ENOUGH_HANDED_ON
                + " beacons came through two proxies, and are counted by the addresses of the first: if that"
                + " is yours (a CDN), add its addresses to http.trusted_proxies");
        return true;
    }

    private boolean sawFrom(String address) {
        if (seen == ENOUGH) {
            return false;
        }
        if (seen > 0 && !address.equals(sole)) {
            seen = ENOUGH;
            return false;
        }
        sole = address;
        if (++seen < ENOUGH || !isPrivate(address)) {
            return false;
        }
        say("all of the first " + ENOUGH + " beacons came from " + address
                + ": if that is a proxy, add it to http.trusted_proxies and let it name its clients");
        return true;
    }

    private void say(String warning) {
        LOG.warn(warning);
        heard.accept(warning);
    }

    static boolean isPrivate(String address) {
        byte[] bytes = Addresses.parse(address);
        return bytes != null && PRIVATE.contains(bytes);
    }
}
