package io.millrace.server.internal.command;

import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.spi.AccountStore;
import io.millrace.server.internal.instance.Duties;
import io.millrace.server.internal.instance.Instance;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a command on the data works with: an engine, wherever it runs, and where to print.
 *
 * @param terminal whether a person is watching {@code err}
 * @param cancelled whether nobody waits for the command any more
 */
public record Session(Duties duties, PrintWriter out, PrintWriter err, boolean terminal, BooleanSupplier cancelled) {

    public Instance instance() {
        return duties.instance();
    }

    public Engine engine() {
        return instance().engine();
    }

    /** Who may see and change what; changed by {@link #change} alone. */
    public AccountStore accounts() {
        return engine().storage().accounts();
    }

    /** Changes accounts on the store thread, and waits for it. */
    public void change(Consumer<AccountStore> change) {
        changing(accounts -> {
            change.accept(accounts);
            return null;
        });
    }

    /** The same for a change that answers something; a {@link Failure} of it becomes the command's. */
    public <T> T changing(Function<AccountStore, T> change) {
        return await(engine().execute(writer -> change.apply(accounts())));
    }

    /** The site with this id, or a failure that says so. */
    public Site site(int id) {
        Site site = engine().sites().byId(id);
        if (site == null) {
            throw new Failure("there is no site " + id);
        }
        return site;
    }

    /**
     * What sites have of a kind.
     *
     * @param siteId of which one; null: of all
     */
    public <T> Stream<T> ofSites(Integer siteId, BiFunction<Sites, Integer, Collection<T>> kind) {
        return engine().sites().all().stream()
                .filter(site -> siteId == null || siteId == site.id())
                .flatMap(site -> kind.apply(engine().sites(), site.id()).stream());
    }

    /** The one with this id, or a failure that says so. */
    public static <T> T only(Stream<T> all, ToIntFunction<T> idOf, int id, String what) {
        return all.filter(each -> idOf.applyAsInt(each) == id)
                .findFirst()
                .orElseThrow(() -> new Failure("there is no " + what + " " + id));
    }

    /** Prints one line of a list: fields with tabs between them. */
    public void row(Object... fields) {
        out.println(Arrays.stream(fields).map(String::valueOf).collect(Collectors.joining("\t")));
    }

    /**
     * To be called after a change: enters it into the audit trail, and has what keeps accounts in memory read them again.
     *
     * @param siteId 0: of no site
     * @param detail for people; never a secret
     */
    public void changed(String action, int siteId, String detail) {
        long now = System.currentTimeMillis();
        change(accounts -> accounts.addAudit(new AccountStore.Audit(0, now, "command line", action, siteId, detail)));
        instance().accountsChanged();
    }

    /** To be called after something was removed: says so here and, as {@link #changed}, in the audit trail. */
    public void removed(String what, int id, int siteId, String name) {
        changed(what + ".remove", siteId, name);
        err.println("millrace: removed " + what + " " + id + " (" + name + ")");
    }

    /** Waits for the store thread; its error becomes the command's. */
    public static <T> T await(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            throw new Failure(Problem.of(e.getCause() == null ? e : e.getCause()));
        }
    }
}
