package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final String HASH = Passwords.hash("a long password");

    @Test
    void knowsThePasswordByItsHash() {
        assertThat(HASH).startsWith("$argon2id$");
        assertThat(Passwords.matches("a long password", HASH)).isTrue();
        assertThat(Passwords.matches("another password", HASH)).isFalse();
        assertThat(Passwords.hash("a long password"))
                .as("with a salt of its own")
                .isNotEqualTo(HASH);
    }

    @Test
    void fitsNoPasswordToAnAccountThatDoesNotExist() {
        assertThat(Passwords.matches("nobody has this password", null)).isFalse();
        assertThat(Passwords.matches("", null)).isFalse();
    }

    @Test
    void computesForAnUnknownAccountWhatItComputesForAKnownOne() {
        String unknown = Passwords.against(null);

        assertThat(Passwords.against(HASH)).isEqualTo(HASH);
        assertThat(Argon2Function.getInstanceFromHash(unknown)).isEqualTo(Argon2Function.getInstanceFromHash(HASH));
        assertThat(unknown.split("\\$")).hasSameSizeAs(HASH.split("\\$"));
        assertThat(unknown).hasSameSizeAs(HASH);
    }

    @Test
    void takesWhatIsNoHashForAnotherPassword() {
        assertThat(Passwords.matches("a long password", "not a hash")).isFalse();
    }
}
