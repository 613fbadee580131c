package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.ModulePathContract;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The storage inside a program that is a module, and requires nothing else. */
@Timeout(60)
class ModulePathTest extends ModulePathContract {
    private static final String MODULE = "module app { requires io.millrace.storage.sqlite; }";
    private static final String MAIN = """
            package app;

            import io.millrace.engine.Metric;
            import io.millrace.engine.Period;
            import io.millrace.engine.Query;
            import io.millrace.engine.Site;
            import io.millrace.engine.spi.AccountStore.Role;
            import io.millrace.engine.spi.AccountStore.User;
            import io.millrace.storage.sqlite.SqliteSettings;
            import io.millrace.storage.sqlite.SqliteStorage;
            import io.prometheus.metrics.model.registry.PrometheusRegistry;
            import java.nio.file.Path;
            import java.util.Map;

            public class Main {
                public static void main(String[] args) {
                    PrometheusRegistry metrics = new PrometheusRegistry();
                    try (SqliteStorage storage = SqliteStorage.open(Path.of(args[0]), SqliteSettings.DEFAULT, metrics)) {
                        Site site = storage.writer().saveSite(Site.of("example.com"));
                        storage.accounts().saveUser(new User(0, "a@example.com", "A", "x", Map.of(site.id(), Role.OWNER), 1));
                        Query totals = Query.totals(site.id(), new Period(0, 1), site.zone(), Metric.VISITORS);
                        System.out.println(storage.writer().catalog().sites().get(0).domain());
                        System.out.println(storage.accounts().users().get(0).roles());
                        System.out.println(storage.reader().query(totals).rows().get(0).metrics());
                        System.out.println(metrics.scrape("millrace_sqlite_query_seconds"::equals).size());
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    ModulePathTest() {
        super("io.millrace.storage.sqlite", "connection.StorageMetrics", "rollup.VisitorSet");
    }

    @Test
    void aModuleEmbedsTheStorage() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("module-info.java"), MODULE);
        Path source = Files.createDirectory(directory.resolve("app")).resolve("Main.java");
        Files.writeString(source, MAIN);
        String modules = String.join(File.pathSeparator, modulePath());
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "--module-path",
                        modules,
                        directory.resolve("module-info.java").toString(),
                        source.toString());
        assertThat(compiled).isZero();
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        modules + File.pathSeparator + directory,
                        "--module",
                        "app/app.Main",
                        directory.resolve("millrace.db").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.lines()).endsWith("example.com", "{1=OWNER}", "[0]", "1");
        assertThat(program.waitFor()).isZero();
    }
}
