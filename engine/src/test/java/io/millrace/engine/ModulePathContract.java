package io.millrace.engine;

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

/** A module as programs on the module path have it; all other tests run on the class path. */
public abstract class ModulePathContract {
    private final String name;
    private final List<String> users;

    /** @param users classes of its internals that need its libraries, by their names behind {@code internal.} */
    protected ModulePathContract(String name, String... users) {
        this.name = name;
        this.users = List.of(users);
    }

    /** The class path without tests, for {@code --module-path}. */
    protected static List<String> modulePath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes") && !entry.contains("-tests.jar"))
                .toList();
    }

    private Module module() {
        Path[] path = modulePath().stream().map(Path::of).toArray(Path[]::new);
        Configuration found = ModuleLayer.boot()
                .configuration()
                .resolveAndBind(ModuleFinder.of(path), ModuleFinder.of(), Set.of(name));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(found, ClassLoader.getPlatformClassLoader())
                .findModule(name)
                .orElseThrow();
    }

    @Test
    void exportsItsRootAlone() {
        assertThat(module().getDescriptor().exports())
                .extracting(Exports::source)
                .containsExactly(name);
    }

    @Test
    void findsItsLibraries() throws ClassNotFoundException {
        ClassLoader loader = module().getClassLoader();
        for (String user : users) {
            Class<?> initialised = Class.forName(name + ".internal." + user, true, loader);
            assertThat(initialised.getModule().getName()).isEqualTo(name);
        }
    }
}
