package io.millrace.storage.sqlite;

/** The same of visits that are packed as soon as they change. */
class PackedWithdrawalTest extends SqliteWithdrawalTest {
    @Override
    SqliteSettings settings() {
        return SqliteSettings.DEFAULT.with().packVisits(1).packShare(1).build();
    }
}
