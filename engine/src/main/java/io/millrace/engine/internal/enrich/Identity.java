package io.millrace.engine.internal.enrich;

import com.google.common.net.InetAddresses;
import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Counters;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Site;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decides once who an event belongs to: the client's id where the site takes ids, else a keyed hash of site, address
 * and agent under the day's salt. Used by the enrich thread only, but for {@link #find}.
 */
public final class Identity {
    private final Salts salts;
    private final boolean prefix;
    private final Counters counters;
    private final Mac mac;

    /**
     * @param prefix whether the network alone tells visitors apart, an IPv4 /24 or an IPv6 /48
     * @param counters told of beacons whose day is over
     */
    public Identity(Salts salts, boolean prefix, Counters counters) {
        this.salts = salts;
        this.prefix = prefix;
        this.counters = counters;
        mac = newMac();
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who a cookieless client of this address and agent is today, or null: no such client has been here. Any thread. */
    public String find(Site site, String address, String userAgent, long now) {
        byte[] salt = salts.existing(site, site.dayOf(now));
        return salt == null ? null : hash(newMac(), salt, site, 0, client(address), userAgent);
    }

    void identify(Beacon beacon, EventBuilder event, long now) {
        Site site = event.site();
        if (site.cookieless() || beacon.visitorId() == null) {
            cookieless(beacon, event, now);
        } else {
            event.visitor(beacon.visitorId());
        }
        if (!site.cookieless()) {
            event.sessionId(beacon.sessionId());
        }
    }

    private void cookieless(Beacon beacon, EventBuilder event, long now) {
        Site site = event.site();
        int day = site.dayOf(event.time());
        byte[] salt = salts.of(site, day, now);
        if (salt == null) {
            // Its salt is gone, so nobody can tell whose it was: one visitor for what this client kept of that day.
            counters.add(Counter.LATE_IDENTITY, site.id());
            byte[] today = salts.of(site, site.dayOf(now), now);
            event.visitor(hash(today, site, beacon, day));
            return;
        }
        byte[] earlier = salts.of(site, day - 1, now);
        event.visitor(hash(salt, site, beacon, 0))
                .earlierVisitor(earlier == null ? null : hash(earlier, site, beacon, 0));
    }

    private String hash(byte[] salt, Site site, Beacon beacon, int lateDay) {
        String client = beacon.address() == null ? beacon.sessionId() : client(beacon.address());
        return hash(mac, salt, site, lateDay, client, beacon.userAgent());
    }

    /** What of an address tells a client. */
    private String client(String address) {
        if (!prefix || address == null || !InetAddresses.isInetAddress(address)) {
            return address;
        }
        byte[] bytes = InetAddresses.forString(address).getAddress();
        Arrays.fill(bytes, bytes.length == 4 ? 3 : 6, bytes.length, (byte) 0);
        return HexFormat.of().formatHex(bytes);
    }

    private static String hash(Mac mac, byte[] salt, Site site, int lateDay, String client, String userAgent) {
        try {
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        mac.update(ByteBuffer.allocate(8).putInt(site.id()).putInt(lateDay).array());
        update(mac, client);
        update(mac, userAgent);
        return HexFormat.of().formatHex(mac.doFinal(), 0, 8);
    }

    private static void update(Mac mac, String s) {
        if (s != null) {
            mac.update(s.getBytes(StandardCharsets.UTF_8));
        }
        mac.update((byte) 0);
    }
}
