package io.millrace.server.internal.admin;

import io.millrace.dashboard.Secrets;
import io.millrace.engine.spi.AccountStore;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace key}. */
@Command(
        name = "key",
        description = "Adds, lists and revokes API keys.",
        subcommands = {KeyCommand.Add.class, KeyCommand.ListAll.class, KeyCommand.Remove.class})
public final class KeyCommand extends Group {

    private static String label(AccountStore.Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    @Command(
            name = "add",
            description = "Adds a key and prints it, alone on the first line and this once: only its hash is kept.")
    static final class Add extends OwnerCommand {
        @Option(
                names = "--scope",
                required = true,
                description =
                        "what it may do: ingest (send beacons with times and addresses of its own), read (reports)"
                                + " or admin (everything)")
        private AccountStore.Scope scope;

        @Option(names = "--site", paramLabel = "ID", description = "the one site it is for (default: all)")
        private Integer siteId;

        @Option(names = "--name", paramLabel = "N", description = "what people call it (default: the scope)")
        private String name;

        @Override
        protected boolean creates() {
            return siteId == null;
        }

        @Override
        protected int run(Session session) {
            int site = siteId == null ? 0 : session.site(siteId).id();
            String key = "mr_" + label(scope) + "_" + Secrets.random();
            AccountStore.Key stored = new AccountStore.Key(
                    0,
                    Secrets.hash(key),
                    scope,
                    site,
                    name == null ? label(scope) : name,
                    System.currentTimeMillis(),
                    0);
            session.change(accounts -> accounts.saveKey(stored));
            session.changed("key.add", site, label(scope));
            session.out().println(key);
            return 0;
        }
    }

    @Command(
            name = "list",
            description = "Lists the keys: id, scope, site (0: all), name and when it was made, with tabs between.")
    static final class ListAll extends OwnerCommand {
        @Override
        protected int run(Session session) {
            session.accounts()
                    .keys()
                    .forEach(key -> session.row(
                            key.id(),
                            label(key.scope()),
                            key.siteId(),
                            key.name(),
                            Instant.ofEpochMilli(key.createdAt())));
            return 0;
        }
    }

    @Command(name = "remove", description = "Revokes a key.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "ID", description = "the key's id, as listed")
        private int id;

        @Override
        protected int run(Session session) {
            AccountStore.Key key = Session.only(session.accounts().keys().stream(), AccountStore.Key::id, id, "key");
            session.change(accounts -> accounts.removeKey(id));
            session.changed("key.remove", key.siteId(), label(key.scope()));
            session.err().println("millrace: revoked key " + id);
            return 0;
        }
    }
}
