package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What those who run it are told of the program around the dashboard. */
class OperatorTest extends ApiFixture {
    @Test
    void whatWasFoundSaysHowMuchItMattersAndWhatToDo() {
        assertThat(admin.get("/api/health").text())
                .isEqualTo(
                        "{\"findings\":[{\"id\":\"disk_full\",\"severity\":\"critical\",\"what\":\"The disk is full.\","
                                + "\"action\":\"Make room.\"},{\"id\":\"no_public_url\",\"severity\":\"info\","
                                + "\"what\":\"It has no name.\",\"action\":\"Set public_url.\"}]}");
    }

    @Test
    void aJobIsDoneOnDemandAndThatIsWrittenDown() {
        assertThat(admin.get("/api/jobs").text())
                .isEqualTo("{\"jobs\":[{\"name\":\"backup\",\"about\":\"Copies the database\",\"result\":\"never\","
                        + "\"last_run\":null,\"last_end\":null,\"next\":\"2026-03-11T03:30:00.000Z\",\"said\":null}]}");

        assertThat(admin.send("POST", "/api/jobs/backup", "{}").text())
                .contains("\"result\":\"ok\"", "\"last_run\":\"2026-03-10T03:30:00.000Z\"", "\"said\":\"1 copies\"");

        assertThat(admin.send("POST", "/api/jobs/nothing", "{}").status()).isEqualTo(404);
        assertThat(admin.get("/api/audit").text()).contains("job.run").doesNotContain("nothing");
    }
}
