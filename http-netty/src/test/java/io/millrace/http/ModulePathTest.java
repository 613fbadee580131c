package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The module as programs on the module path have it; all other tests run on the class path. */
class ModulePathTest {
    private static final String NAME = "io.millrace.http";

    private static Module module() {
        Path[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes") && !entry.contains("-tests.jar"))
                .map(Path::of)
                .toArray(Path[]::new);
        Configuration found = ModuleLayer.boot()
                .configuration()
                .resolveAndBind(ModuleFinder.of(path), ModuleFinder.of(), Set.of(NAME));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(found, ClassLoader.getPlatformClassLoader())
                .findModule(NAME)
                .orElseThrow();
    }

    @Test
    void exportsItsRootAlone() {
        assertThat(module().getDescriptor().exports())
                .extracting(Exports::source)
                .containsExactly(NAME);
    }

    @Test
    void findsItsLibraries() throws ClassNotFoundException {
        ClassLoader loader = module().getClassLoader();
        for (String user : List.of("HttpServer", "page.ApiRoute", "connection.Tls")) {
            Class<?> initialised = Class.forName(NAME + ".internal." + user, true, loader);
            assertThat(initialised.getModule().getName()).isEqualTo(NAME);
        }
    }
}
