package io.millrace.perf;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.millrace.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A module's internals lie in rooms, one package each, which say what they are and which other rooms they use: a newcomer
 * finds the place for a line. No type leads back to itself by what it uses. It stands here because this module sees all others.
 */
class RoomsTest {
    private static final int MOST_TYPES = 25;
    private static final String RING_ENGINE = "io.millrace.engine.internal.RingEngine";
    private static final Pattern USES =
            Pattern.compile("Uses (no other room|all rooms|(?:(?:, | and )?\\{@code [a-z.]+})+)\\.");
    private static final Pattern ROOM = Pattern.compile("\\{@code ([a-z.]+)}");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("jmh_generated"))
            .importPackages("io.millrace");

    /** The modules, where their sources are, and below which package everything is a room. */
    enum Module {
        WIRE("io.millrace.wire", "wire"),
        ENGINE("io.millrace.engine.internal", "engine"),
        HTTP("io.millrace.http.internal", "http-netty"),
        SQLITE("io.millrace.storage.sqlite.internal", "storage-sqlite"),
        DASHBOARD("io.millrace.dashboard.internal", "dashboard-api"),
        REPLAY("io.millrace.replay.internal", "replay"),
        SERVER("io.millrace.server.internal", "server"),
        PERF("io.millrace.perf", "perf");

        private final String top;
        private final Path sources;

        Module(String top, String directory) {
            this.top = top;
            this.sources = Path.of("..", directory, "src", "main", "java");
        }

        JavaClasses types() {
            return ALL.that(describe("in the rooms of " + top, type -> hasRoom(type.getPackageName())));
        }

        boolean hasRoom(String packageName) {
            return (packageName + ".").startsWith(top + ".");
        }

        /** As the others call it: {@code rollup}, {@code hostile.bystander}; the last word of what the rooms lie below. */
        String room(String packageName) {
            int from = packageName.equals(top) ? top.lastIndexOf('.') : top.length();
            return packageName.substring(from + 1);
        }

        /** The comment above a package, on one line. */
        String comment(String packageName) throws IOException {
            Path file = sources.resolve(packageName.replace('.', '/')).resolve("package-info.java");
            assertThat(file).as("what %s is", packageName).exists();
            return Files.readString(file).replaceAll("\\s*\\n \\*\\s*", " ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void roomsHaveAtMost25Types(Module module) {
        Map<String, Long> types = new TreeMap<>();
        module.types().stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .forEach(type -> types.merge(type.getPackageName(), 1L, Long::sum));
        types.forEach((room, n) -> System.out.printf("%4d types in %s%n", n, room));
        assertThat(types)
                .isNotEmpty()
                .allSatisfy((room, n) -> assertThat(n).as(room).isLessThanOrEqualTo(MOST_TYPES));
    }

    @ParameterizedTest
    @EnumSource
    void roomsUseOnlyTheRoomsThatTheySay(Module module) throws IOException {
        for (String packageName : packages(module)) {
            Set<String> said = said(module, packageName);
            if (said.contains("all rooms")) {
                continue;
            }
            assertThat(used(module, packageName))
                    .as("rooms used by %s", packageName)
                    .isEqualTo(said);
        }
    }

    @ParameterizedTest
    @EnumSource
    void roomsHaveNoCycles(Module module) {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(module.types());
    }

    @Test
    void typesHaveNoCycles() {
        slices().assignedFrom(new ByType()).should().beFreeOfCycles().check(ALL);
    }

    /** What is public has as many types as its users need; everything else is a room. */
    @Test
    void everyPackageIsARoomOrPublic() {
        assertThat(ALL)
                .extracting(JavaClass::getPackageName)
                .filteredOn(name -> Stream.of(Module.values()).noneMatch(module -> module.hasRoom(name)))
                .containsOnly(
                        "io.millrace.dashboard",
                        "io.millrace.engine",
                        "io.millrace.engine.spi",
                        "io.millrace.http",
                        "io.millrace.replay",
                        "io.millrace.server",
                        "io.millrace.storage.sqlite",
                        "io.millrace.tracker",
                        "io.millrace.web");
    }

    private static Set<String> packages(Module module) {
        return module.types().stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> said(Module module, String packageName) throws IOException {
        Matcher uses = USES.matcher(module.comment(packageName));
        assertThat(uses.find()).as("%s says which rooms it uses", packageName).isTrue();
        return switch (uses.group(1)) {
            case "no other room" -> new TreeSet<>();
            case "all rooms" -> new TreeSet<>(Set.of("all rooms"));
            default ->
                ROOM.matcher(uses.group(1))
                        .results()
                        .map(room -> room.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        };
    }

    private static Set<String> used(Module module, String packageName) {
        return module.types().stream()
                .filter(type -> type.getPackageName().equals(packageName))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(target -> module.hasRoom(target) && !target.equals(packageName))
                .map(module::room)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each package by itself: what lies below it is another room. */
    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }

    /**
     * Each type in a file of its own with what is nested in it, and with the builder that the compiler makes of it. An
     * engine's builder makes the only one there is, so that these two are one.
     */
    private static final class ByType implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            if (!type.getPackageName().startsWith("io.millrace")) {
                return SliceIdentifier.ignore();
            }
            JavaClass file = file(type);
            boolean builder = file.getSimpleName().endsWith("Builder");
            JavaClass whole = builder ? file(file.getMethod("build").getRawReturnType()) : file;
            return SliceIdentifier.of(whole.getName().equals(RING_ENGINE) ? Engine.class.getName() : whole.getName());
        }

        private static JavaClass file(JavaClass type) {
            return type.getEnclosingClass().map(ByType::file).orElse(type);
        }

        @Override
        public String getDescription() {
            return "types";
        }
    }
}
