package io.millrace.dashboard.internal.access;

import io.millrace.dashboard.ApiKeys;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.Secrets;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.engine.spi.AccountStore;

/** Finds out who asks: by a key in the header, else by the session's cookie. Thread-safe; memory only. */
public record Authenticator(ApiKeys keys, AccountDirectory accounts, Cookies cookies, KeyUse use) {
    /** A key that is not known is nobody, whatever cookies come with it. */
    public Principal principal(ApiRequest request) {
        if (request.header("authorization") != null) {
            return holder(keys.find(request.header("authorization")));
        }
        String token = cookies.read(request, Principal.COOKIE);
        return token == null ? Principal.NOBODY : user(Secrets.hash(token));
    }

    /** Somebody who has asked before, as he is now: nobody when his key or session has ended. */
    public Principal again(Principal before) {
        if (before.key() != null) {
            return holder(keys.byHash(before.key().hash()));
        }
        return before.user() == null ? Principal.NOBODY : user(before.session());
    }

    private Principal holder(AccountStore.Key key) {
        if (key == null) {
            return Principal.NOBODY;
        }
        use.used(key);
        return new Principal(key, null, null);
    }

    private Principal user(String hash) {
        AccountStore.User user = accounts.bySession(hash);
        return user == null ? Principal.NOBODY : new Principal(null, user, hash);
    }
}
