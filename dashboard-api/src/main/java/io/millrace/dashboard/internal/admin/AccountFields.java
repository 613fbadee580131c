package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.Passwords;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.User;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The fields of an account, as requests bring them and answers show them. */
final class AccountFields {
    /** What stands for every site among the roles. */
    static final String ALL_SITES = "all";

    static final Input EMAIL = Input.text("email", null);
    static final Input NAME = Input.text("name", null);
    static final Input PASSWORD = Input.text(
            "password", "Of " + Passwords.SHORTEST + " to " + Passwords.LONGEST + " characters when it is new");

    private AccountFields() {}

    static String email(JsonBody body) {
        String email = body.required("email", 254).toLowerCase(Locale.ROOT);
        if (!email.matches("[^@\\s\"<>]{1,64}@[^@\\s\"<>]{1,189}")) {
            throw ApiException.field("email", "must be an address");
        }
        return email;
    }

    /** A password that is held against a hash. */
    static String password(JsonBody body, String field) {
        return body.password(field, Passwords.LONGEST * 4);
    }

    /** A password that somebody chose just now. */
    static String newPassword(JsonBody body, String field) {
        String password = password(body, field);
        if (password.length() < Passwords.SHORTEST || password.length() > Passwords.LONGEST) {
            throw ApiException.field(
                    field, "must have " + Passwords.SHORTEST + " to " + Passwords.LONGEST + " characters");
        }
        return password;
    }

    /** Roles as answers show them. */
    static Map<String, Role> roles(Map<Integer, Role> bySite) {
        Map<String, Role> roles = new LinkedHashMap<>();
        new TreeMap<>(bySite).forEach((site, role) -> roles.put(site == 0 ? ALL_SITES : Integer.toString(site), role));
        return roles;
    }

    /** An account as answers show it. */
    @Name("User")
    @SnakeCase
    record UserHead(
            int id,
            String email,
            @Nullable String name,
            Map<String, Role> roles,
            OffsetDateTime createdAt,
            boolean secondFactor) {
        static UserHead of(User user) {
            return new UserHead(
                    user.id(),
                    user.email(),
                    user.name(),
                    AccountFields.roles(user.roles()),
                    Times.at(user.createdAt(), ZoneOffset.UTC),
                    user.factor() != null);
        }
    }
}
