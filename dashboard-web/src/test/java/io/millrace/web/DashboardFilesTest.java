package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.web.DashboardFile.Use;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DashboardFilesTest {
    /** In bytes, of which the answers of the API need some. */
    private static final int FIRST_LOAD = 75 * 1024;

    private static final Set<String> FIRST = Set.of("main.js", "style.css", "icon.svg");

    @Test
    void theFirstLoadIsSmall() throws IOException {
        int bytes = 0;
        for (DashboardFile file : DashboardFiles.files()) {
            if (file.use() == Use.IMMUTABLE && FIRST.contains(file.name())) {
                bytes += gzipped(file.bytes());
            }
        }
        System.out.println("first load: " + bytes + " bytes gzipped (limit " + FIRST_LOAD + ")");
        assertThat(bytes).isLessThanOrEqualTo(FIRST_LOAD);
    }

    private static int gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.size();
    }

    @Test
    void everyImportIsRelativeAndLeadsToAFile() {
        Pattern imported = Pattern.compile("(?:[}*]\\s*from|\\bimport)\\s*\\(?['\"]([^'\"]+)['\"]");
        List<String> paths =
                DashboardFiles.files().stream().map(DashboardFile::path).toList();
        for (DashboardFile file : DashboardFiles.files()) {
            Matcher m = imported.matcher(file.name().endsWith(".js") ? text(file) : "");
            while (m.find()) {
                assertThat(m.group(1)).startsWith(".");
                assertThat(paths)
                        .contains(java.net
                                .URI
                                .create(file.path())
                                .resolve(m.group(1))
                                .toString());
            }
        }
    }

    @Test
    void thePageHoldsNothingThatThePolicyForbids() {
        DashboardFile page = DashboardFiles.files().get(0);
        assertThat(page.path()).isEqualTo("/");
        assertThat(text(page)).doesNotContain("{{", "style=", "<style", "onclick", "http://", "https://");
        assertThat(text(page)).contains("main.js", "style.css");
    }

    @Test
    void noFileNamesAnotherHost() {
        Pattern host = Pattern.compile("https?://(?!www\\.w3\\.org|\\$\\{)[a-z0-9.-]+\\.[a-z]{2,}");
        for (DashboardFile file : DashboardFiles.files()) {
            assertThat(host.matcher(text(file).replaceAll("(?s)/\\*.*?\\*/", ""))
                            .results())
                    .as(file.path())
                    .isEmpty();
        }
    }

    @Test
    void whatMayBeKeptForEverLiesUnderTheHashOfEverything() {
        assertThat(DashboardFiles.files())
                .filteredOn(f -> f.use() == Use.IMMUTABLE)
                .allSatisfy(f -> assertThat(f.path()).matches("/app/[0-9a-f]{16}/.+"));
    }

    private static String text(DashboardFile file) {
        return new String(file.bytes(), StandardCharsets.UTF_8);
    }
}
