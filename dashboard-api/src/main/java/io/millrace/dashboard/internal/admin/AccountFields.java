package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.Passwords;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Body;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.engine.spi.AccountStore.User;
import io.millrace.wire.json.JsonObject;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.TreeMap;

/** The fields of an account, as requests bring them and answers show them. */
final class AccountFields {
    /** What stands for every site among the roles. */
    static final String ALL_SITES = "all";

    private AccountFields() {}

    static String email(Body body) {
        String email = body.required("email", 254).trim().toLowerCase(Locale.ROOT);
        if (!email.matches("[^@\\s\"<>]{1,64}@[^@\\s\"<>]{1,189}")) {
            throw ApiException.field("email", "must be an address");
        }
        return email;
    }

    /** A password that is held against a hash. */
    static String password(Body body, String field) {
        return body.required(field, Passwords.LONGEST * 4);
    }

    /** A password that somebody chose just now. */
    static String newPassword(Body body, String field) {
        String password = password(body, field);
        if (password.length() < Passwords.SHORTEST || password.length() > Passwords.LONGEST) {
            throw ApiException.field(
                    field, "must have " + Passwords.SHORTEST + " to " + Passwords.LONGEST + " characters");
        }
        return password;
    }

    static JsonObject describe(User user) {
        JsonObject roles = new JsonObject();
        new TreeMap<>(user.roles())
                .forEach((site, role) -> roles.with(
                        site == 0 ? ALL_SITES : Integer.toString(site),
                        role.name().toLowerCase(Locale.ROOT)));
        return JsonObject.of("id", user.id())
                .with("email", user.email())
                .with("name", user.name())
                .with("roles", roles)
                .with("created_at", Times.iso(user.createdAt(), ZoneOffset.UTC));
    }
}
