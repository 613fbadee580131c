package io.millrace.storage.sqlite.internal;

import io.millrace.engine.spi.AccountStore;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Who may see and change what. Reads on the read-only connections, changes on the store thread. */
final class Accounts implements AccountStore {
    private final Primary primary;
    private final Readers readers;

    Accounts(Primary primary, Readers readers) {
        this.primary = primary;
        this.readers = readers;
    }

    private <T> T read(java.util.function.Function<AccountDao, T> work) {
        return readers.read(
                "accounts",
                sql -> Jdbi.create(sql.connection())
                        .installPlugin(new SqlObjectPlugin())
                        .withExtension(AccountDao.class, work::apply));
    }

    private AccountDao dao() {
        return primary.handle().attach(AccountDao.class);
    }

    @Override
    public List<Key> keys() {
        return read(AccountDao::keys);
    }

    @Override
    public Key saveKey(Key key) {
        int id = primary.transact(
                "key " + key.name(),
                sql -> dao().saveKey(
                                key.id(),
                                key.hash(),
                                key.scope().name(),
                                key.siteId(),
                                key.name(),
                                key.createdAt(),
                                key.lastUsed()));
        return new Key(id, key.hash(), key.scope(), key.siteId(), key.name(), key.createdAt(), key.lastUsed());
    }

    @Override
    public void removeKey(int id) {
        primary.transact("removal of key " + id, sql -> {
            dao().removeKey(id);
            return null;
        });
    }
}
