package io.millrace.http.internal.client;

import io.millrace.engine.Place;
import io.millrace.http.HttpSettings;
import io.millrace.wire.Addresses;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * Finds out who sent a request: the peer, or, when the peer is a trusted proxy, the right-most hop of the one
 * configured header that is not. Immutable.
 */
public final class ClientResolver {
    private static final int MAX_HOPS = 64;

    private final Networks trusted;
    private final HttpSettings.Forwarding forwarding;
    private final GeoHeaders geo;

    public ClientResolver(HttpSettings.Trust trust) {
        trusted = new Networks(trust.proxies());
        forwarding = trust.forwarding();
        geo = GeoHeaders.of(trust.geo());
    }

    /** A connection's other end, worked out once. */
    public record Peer(byte[] address, boolean trusted, Client direct) {}

    public Peer peer(InetAddress address) {
        byte[] bytes = Addresses.plain(address.getAddress());
        boolean proxy = trusted.contains(bytes);
        return new Peer(bytes, proxy, client(bytes, Addresses.isLoopback(bytes), proxy, Place.UNKNOWN));
    }

    public boolean trusts(InetAddress address) {
        return trusted.contains(Addresses.plain(address.getAddress()));
    }

    public Client of(Peer peer, HttpHeaders headers) {
        if (!peer.trusted()) {
            return peer.direct();
        }
        String header = forwarding == HttpSettings.Forwarding.FORWARDED ? "forwarded" : "x-forwarded-for";
        boolean forwarded = headers.contains(header);
        Place place = geo.place(headers);
        if (!forwarded && place == Place.UNKNOWN) {
            return peer.direct();
        }
        return forwarded
                ? forwarded(peer.address(), headers.getAll(header), place)
                : client(peer.address(), peer.direct().exempt(), true, place);
    }

    private static Client client(byte[] address, boolean exempt, boolean proxy, Place place) {
        return new Client(Addresses.text(address), Addresses.networkKey(address), exempt, proxy, false, place);
    }

    /**
     * Walks from the right until a hop is not trusted, or no address: then what was there before counts. Empty members
     * are none (RFC 9110, 5.6.1).
     */
    private Client forwarded(byte[] peer, List<String> lines, Place place) {
        String[] hops = String.join(",", lines).split(",", -1);
        byte[] found = peer;
        boolean handsOn = false;
        for (int i = hops.length - 1; i >= Math.max(0, hops.length - MAX_HOPS); i--) {
            if (hops[i].isBlank()) {
                continue;
            }
            byte[] address = address(hops[i]);
            if (address == null) {
                break;
            }
            found = address;
            if (!trusted.contains(address)) {
                handsOn = i > 0 && address(hops[i - 1]) != null;
                break;
            }
        }
        return new Client(Addresses.text(found), Addresses.networkKey(found), false, true, handsOn, place);
    }

    private byte[] address(String hop) {
        return Addresses.parse(bare(value(hop).strip()));
    }

    private String value(String element) {
        if (forwarding != HttpSettings.Forwarding.FORWARDED) {
            return element;
        }
        for (String pair : element.split(";")) {
            String part = pair.strip();
            if (part.toLowerCase(Locale.ROOT).startsWith("for=")) {
                return part.substring(4);
            }
        }
        return "";
    }

    /** An address as forwarding headers write it: perhaps quoted, in brackets, or with a port. */
    private static String bare(String text) {
        String s = text;
        if (s.length() > 1 && s.startsWith("\"") && s.endsWith("\"")) {
            s = s.substring(1, s.length() - 1);
        }
        if (s.startsWith("[")) {
            int close = s.indexOf(']');
            return close < 0 ? "" : s.substring(1, close);
        }
        int colon = s.indexOf(':');
        boolean port = colon > 0 && colon == s.lastIndexOf(':') && s.indexOf('.') > 0;
        return port ? s.substring(0, colon) : s;
    }
}
