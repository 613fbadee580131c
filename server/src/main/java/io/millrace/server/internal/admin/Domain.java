package io.millrace.server.internal.admin;

import io.millrace.engine.HostNames;

/** A site's domain as people type it. */
final class Domain {
    private Domain() {}

    /** The domain as it is stored, without scheme and path; or null when it is none. */
    static String of(String text) {
        return HostNames.site(text.strip().replaceFirst("^[a-zA-Z]+://", "").replaceFirst("[/?#].*$", ""));
    }
}
