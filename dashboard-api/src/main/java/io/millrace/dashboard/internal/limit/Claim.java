package io.millrace.dashboard.internal.limit;

import io.millrace.dashboard.internal.request.Call;
import io.millrace.wire.Addresses;
import java.util.Arrays;

/**
 * In whose name work is done. Immutable.
 *
 * @param user whether it is somebody with a key or a session; the other parts are null then
 * @param group what those share who ask without one: a link, a site's public figures, {@code /api/me}
 * @param network of the caller
 */
public record Claim(boolean user, Digest group, Digest network) {
    /** Somebody with a key or a session, or the server itself. */
    public static final Claim USER = new Claim(true, null, null);

    /** How much of a path names what is shared: {@code /api/shared/{token}}, {@code /api/public/{site}}, {@code /api/me}. */
    private static final int SEGMENTS = 4;

    /** That of a caller. */
    public static Claim of(Call call) {
        return call.principal().known() ? USER : guest(call);
    }

    /** That of a caller as one of many, whoever it is. */
    public static Claim guest(Call call) {
        String[] path = call.request().path().split("/", SEGMENTS + 1);
        Digest group = Digest.of("group", Arrays.asList(path).subList(0, Math.min(SEGMENTS, path.length)));
        return new Claim(false, group, network(call));
    }

    /** The network of a caller. */
    public static Digest network(Call call) {
        return Digest.of("network", Addresses.network(call.request().address()));
    }
}
