package io.millrace.dashboard.internal;

import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.Keys;
import io.millrace.engine.spi.AccountStore;

/** Finds out who asks. Thread-safe; memory only. */
final class Access {
    private final Keys keys;

    Access(Keys keys) {
        this.keys = keys;
    }

    Caller caller(ApiRequest request) {
        AccountStore.Key key = keys.find(request.header("authorization"));
        return key == null ? Caller.NOBODY : new Caller(key, null, null);
    }
}
