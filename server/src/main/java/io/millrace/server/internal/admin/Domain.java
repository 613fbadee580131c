package io.millrace.server.internal.admin;

import io.millrace.engine.HostNames;

/** A site's domain as people type it. */
final class Domain {
    private Domain() {}

    /** The domain as it is stored, without scheme and path; or null when it is none. */
    static String of(String text) {
        return HostNames.withoutWww(host(text));
    }

    /** A host as it is stored, without scheme and path; or null when it is none. */
    static String host(String text) {
        return HostNames.of(text.strip().replaceFirst("^[a-zA-Z]+://", "").replaceFirst("[/?#].*$", ""));
    }
}
