package io.millrace.server.internal.serving;

import io.millrace.dashboard.Secrets;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Link;
import io.millrace.server.internal.command.Session;
import io.millrace.server.internal.instance.Instance;

/** A link with which anybody may look at one site. */
final class SharedLink {
    private SharedLink() {}

    /** Makes a link of this name in the place of those before; answers its token. */
    static String renew(Instance instance, int siteId, String name) {
        AccountStore accounts = instance.engine().storage().accounts();
        String token = Secrets.random();
        Link link = new Link(0, Secrets.hash(token), siteId, 0, name, null, null, System.currentTimeMillis());
        Session.await(instance.engine().execute(writer -> {
            accounts.links().stream()
                    .filter(old -> old.siteId() == siteId && name.equals(old.name()))
                    .forEach(old -> accounts.removeLink(old.id()));
            return accounts.saveLink(link);
        }));
        instance.accountsChanged();
        return token;
    }
}
