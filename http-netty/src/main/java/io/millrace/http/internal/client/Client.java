package io.millrace.http.internal.client;

import io.millrace.engine.Place;

/**
 * Who sent a request, as far as anybody trusted says.
 *
 * @param address the client's address as text
 * @param rateKey what its rate is kept under: the IPv4 address, or the IPv6 network of 64 bits
 * @param exempt whether no rate applies: a direct loopback peer
 * @param behindTrusted whether the connection is a trusted proxy's
 * @param handsOn whether the address, which is not trusted, itself names another that it stands for
 * @param place where it is, or {@link Place#UNKNOWN}
 */
public record Client(
        String address, long rateKey, boolean exempt, boolean behindTrusted, boolean handsOn, Place place) {}
