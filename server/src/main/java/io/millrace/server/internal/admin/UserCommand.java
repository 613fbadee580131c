package io.millrace.server.internal.admin;

import io.millrace.dashboard.Passwords;
import io.millrace.dashboard.Secrets;
import io.millrace.engine.spi.AccountStore.Invitation;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.User;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace user}. */
@Command(
        name = "user",
        description =
                "Adds, invites, lists and removes the people who may log in; changes roles, resets passwords, ends sessions.",
        subcommands = {
            UserCommand.Add.class,
            UserCommand.ListAll.class,
            UserCommand.Invite.class,
            UserCommand.SetRole.class,
            UserCommand.Password.class,
            UserCommand.Sessions.class,
            UserCommand.Remove.class
        })
public final class UserCommand extends Group {

    private static User find(Session session, String email) {
        return session.accounts().users().stream()
                .filter(user -> user.email().equals(email))
                .findFirst()
                .orElse(null);
    }

    private static User known(Session session, String email) {
        User user = find(session, email.strip().toLowerCase(Locale.ROOT));
        if (user == null) {
            throw new Failure("there is no user " + email);
        }
        return user;
    }

    private static String label(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    @Command(
            name = "add",
            description =
                    "Adds a user and prints a password, alone on the first line and this once; the user can change"
                            + " it after logging in.")
    static final class Add extends OwnerCommand {
        private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
        private static final int LONGEST = 254;

        @Parameters(paramLabel = "EMAIL", description = "the address to log in with")
        private String email;

        @Option(names = "--name", paramLabel = "N", description = "what people call the user (default: the address)")
        private String name;

        @Option(
                names = "--role",
                defaultValue = "owner",
                description = "what the user may do: viewer, editor or owner (default: ${DEFAULT-VALUE})")
        private Role role;

        @Option(names = "--site", paramLabel = "ID", description = "the one site it is for (default: all)")
        private Integer siteId;

        @Override
        protected boolean creates() {
            return siteId == null;
        }

        @Override
        protected void check() {
            email = email.strip().toLowerCase(Locale.ROOT);
            if (email.length() > LONGEST || !EMAIL.matcher(email).matches()) {
                throw usage("EMAIL: not an address");
            }
        }

        @Override
        protected int run(Session session) {
            int site = siteId == null ? 0 : session.site(siteId).id();
            if (find(session, email) != null) {
                throw new Failure(email + " is a user already");
            }
            String password = Secrets.random();
            User user = new User(
                    0,
                    email,
                    name == null ? email : name,
                    Passwords.hash(password),
                    Map.of(site, role),
                    System.currentTimeMillis());
            session.change(accounts -> accounts.saveUser(user));
            session.changed("user.add", site, email);
            session.out().println(password);
            return 0;
        }
    }

    @Command(
            name = "list",
            description = "Lists the users: id, address, name and roles by site (all: every site), with tabs between.")
    static final class ListAll extends OwnerCommand {
        @Override
        protected int run(Session session) {
            session.accounts().users().forEach(user -> session.row(user.id(), user.email(), user.name(), roles(user)));
            return 0;
        }

        private static String roles(User user) {
            return new TreeMap<>(user.roles())
                    .entrySet().stream()
                            .map(e -> (e.getKey() == 0 ? "all" : e.getKey()) + "=" + label(e.getValue()))
                            .collect(Collectors.joining(","));
        }
    }

    @Command(
            name = "password",
            description = "Gives a user another password, which it prints, and ends the user's sessions.")
    static final class Password extends OwnerCommand {
        @Parameters(paramLabel = "EMAIL", description = "the user's address")
        private String email;

        @Option(names = "--no-second-factor", description = "also switch the second factor off, for who has lost it")
        private boolean noFactor;

        @Override
        protected int run(Session session) {
            User user = known(session, email);
            String password = Secrets.random();
            String hash = Passwords.hash(password);
            session.change(accounts -> {
                accounts.removeSessions(user.id());
                User with = user.withPasswordHash(hash);
                accounts.saveUser(noFactor ? with.withFactor(null).withRecovery(List.of()) : with);
            });
            session.changed("user.password", 0, user.email());
            session.out().println(password);
            return 0;
        }
    }

    @Command(
            name = "invite",
            description =
                    "Prints a link by which somebody becomes a user, once and within a week, and chooses a password.")
    static final class Invite extends OwnerCommand {
        @Option(names = "--email", paramLabel = "EMAIL", description = "whom it is for (default: whoever has the link)")
        private String email;

        @Option(
                names = "--role",
                defaultValue = "viewer",
                description = "what the user may do: viewer, editor or owner (default: ${DEFAULT-VALUE})")
        private Role role;

        @Option(names = "--site", paramLabel = "ID", description = "the one site it is for (default: all)")
        private Integer siteId;

        @Override
        protected int run(Session session) {
            int site = siteId == null ? 0 : session.site(siteId).id();
            String address = email == null ? null : email.strip().toLowerCase(Locale.ROOT);
            if (address != null && find(session, address) != null) {
                throw new Failure(address + " is a user already");
            }
            String token = Invitation.PREFIX + Secrets.random();
            long now = System.currentTimeMillis();
            session.change(accounts -> accounts.saveInvitation(new Invitation(
                    0,
                    Secrets.hash(token),
                    address,
                    Map.of(site, role),
                    "command line",
                    now,
                    now + Invitation.OPEN_MILLIS)));
            session.changed("user.invite", site, address);
            session.out().println(session.instance().baseUrl() + "/setup#" + token);
            return 0;
        }
    }

    @Command(name = "role", description = "Changes what a user may do, on one site or on all.")
    static final class SetRole extends OwnerCommand {
        @Parameters(index = "0", paramLabel = "EMAIL", description = "the user's address")
        private String email;

        @Parameters(index = "1", paramLabel = "ROLE", description = "viewer, editor, owner, or none")
        private String role;

        @Option(names = "--site", paramLabel = "ID", description = "on this site (default: on all)")
        private Integer siteId;

        @Override
        protected void check() {
            role = role.toUpperCase(Locale.ROOT);
            if (!role.equals("NONE")
                    && Arrays.stream(Role.values()).noneMatch(r -> r.name().equals(role))) {
                throw usage("ROLE: is viewer, editor, owner or none");
            }
        }

        @Override
        protected int run(Session session) {
            int site = siteId == null ? 0 : session.site(siteId).id();
            User user = known(session, email);
            Map<Integer, Role> roles = new TreeMap<>(user.roles());
            if (role.equals("NONE")) {
                roles.remove(site);
            } else {
                roles.put(site, Role.valueOf(role));
            }
            session.change(accounts -> {
                boolean owned = accounts.users().stream()
                        .anyMatch(u -> (u.id() == user.id() ? roles : u.roles()).get(0) == Role.OWNER);
                if (!owned && user.roles().get(0) == Role.OWNER) {
                    throw new Failure("the last owner of everything must stay one");
                }
                accounts.saveUser(user.withRoles(roles));
            });
            session.changed("user.update", site, user.email());
            session.err().println("millrace: " + user.email() + " is " + ListAll.roles(user.withRoles(roles)));
            return 0;
        }
    }

    @Command(
            name = "sessions",
            description = "Lists where a user is logged in: since when, until when and with what, with tabs between.")
    static final class Sessions extends OwnerCommand {
        @Parameters(paramLabel = "EMAIL", description = "the user's address")
        private String email;

        @Option(names = "--end", description = "end them all")
        private boolean end;

        @Override
        protected int run(Session session) {
            User user = known(session, email);
            if (end) {
                session.change(accounts -> accounts.removeSessions(user.id()));
                session.changed("session.end_all", 0, user.email());
                session.err().println("millrace: ended the sessions of " + user.email());
                return 0;
            }
            session.accounts().sessions().stream()
                    .filter(s -> s.userId() == user.id())
                    .forEach(s -> session.row(
                            Instant.ofEpochMilli(s.createdAt()),
                            Instant.ofEpochMilli(s.expiresAt()),
                            s.agent() == null ? "-" : s.agent()));
            return 0;
        }
    }

    @Command(name = "remove", description = "Removes a user and ends its sessions.")
    static final class Remove extends OwnerCommand {
        @Parameters(paramLabel = "EMAIL", description = "the user's address")
        private String email;

        @Override
        protected int run(Session session) {
            User user = known(session, email);
            session.change(accounts -> accounts.removeUser(user.id()));
            session.changed("user.remove", 0, user.email());
            session.err().println("millrace: removed " + user.email());
            return 0;
        }
    }
}
