package io.millrace.dashboard.internal.request;

import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.Scope;

/**
 * Who asks. Immutable. At most one of the parts is there; none: nobody in particular.
 *
 * @param key by an API key
 * @param user by a session
 * @param session the session's hash
 */
public record Principal(AccountStore.Key key, AccountStore.User user, String session) {
    /** The name of the cookie that carries a session. */
    public static final String COOKIE = "millrace_session";

    public static final Principal NOBODY = new Principal(null, null, null);

    public boolean known() {
        return key != null || user != null;
    }

    /** Whether the site exists for this caller: what he may not see is "not found", not "forbidden". */
    public boolean sees(int siteId) {
        if (key != null) {
            return key.siteId() == 0 || key.siteId() == siteId;
        }
        return user != null && role(siteId) != null;
    }

    /** Whether the caller may; site 0: what belongs to no site. */
    public boolean may(Permission permission, int siteId) {
        if (permission == Permission.NOTHING || permission == Permission.KNOWN) {
            return permission == Permission.NOTHING || known();
        }
        return key != null ? keyMay(permission, siteId) : user != null && userMay(permission, siteId);
    }

    private boolean keyMay(Permission permission, int siteId) {
        if (!sees(siteId)) {
            return false;
        }
        return switch (permission) {
            case NOTHING, KNOWN -> true;
            case READ -> key.scope() != Scope.INGEST;
            case INGEST -> key.scope() != Scope.READ;
            case EDIT, OWN -> key.scope() == Scope.ADMIN;
        };
    }

    private boolean userMay(Permission permission, int siteId) {
        Role role = role(siteId);
        return switch (permission) {
            case NOTHING, KNOWN -> true;
            case READ -> role != null;
            case INGEST -> false;
            case EDIT -> role != null && role.compareTo(Role.EDITOR) >= 0;
            case OWN -> role == Role.OWNER;
        };
    }

    private Role role(int siteId) {
        Role everywhere = user.roles().get(0);
        Role here = user.roles().get(siteId);
        return here == null || everywhere != null && everywhere.compareTo(here) > 0 ? everywhere : here;
    }

    /** For the audit trail. */
    public String name() {
        if (user != null) {
            return user.email();
        }
        return key == null ? "nobody" : "key " + key.id() + (key.name() == null ? "" : " " + key.name());
    }
}
