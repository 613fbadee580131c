package io.millrace.storage.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.sqlite.internal.dictionary.EventIds;
import io.millrace.storage.sqlite.internal.dictionary.VisitorNames;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @Test
    void whatWasPackedComesBackExactly() {
        Random random = new Random();
        for (int i = 0; i < 1_000; i++) {
            StringBuilder id = new StringBuilder();
            for (int j = 0; j < 22; j++) {
                id.append(ALPHABET.charAt(random.nextInt(64)));
            }
            assertThat((byte[]) EventIds.pack(id.toString())).hasSize(17);
            assertThat(EventIds.unpack(EventIds.pack(id.toString()))).isEqualTo(id.toString());
            String uuid = UUID.randomUUID().toString();
            assertThat((byte[]) EventIds.pack(uuid)).hasSize(16);
            assertThat(EventIds.unpack(EventIds.pack(uuid))).isEqualTo(uuid);
        }
    }

    @Test
    void whatCannotBePackedStaysText() {
        for (String id : new String[] {
            "", "7", "a b c d e f g h i j k ", UUID.randomUUID().toString().toUpperCase(), "\u00e4".repeat(22)
        }) {
            assertThat(EventIds.pack(id)).isEqualTo(id);
        }
        assertThat(EventIds.pack(null)).isNull();
    }

    @Test
    void visitorsWithoutCookiesAreNumbers() {
        for (String name :
                new String[] {"00000000000000ff", "ffffffffffffffff", "8000000000000000", "v1", "FFFFFFFFFFFFFFFF"}) {
            assertThat(VisitorNames.unpack(VisitorNames.pack(name))).isEqualTo(name);
        }
        assertThat(VisitorNames.pack("ffffffffffffffff")).isEqualTo(-1L);
    }
}
