package io.millrace.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A module's internals lie in rooms, one package each, which say what they are and which other rooms they use: a newcomer
 * finds the place for a line, and a loop of classes cannot hide.
 */
class RoomsTest {
    private static final int MOST_TYPES = 25;
    private static final Pattern USES =
            Pattern.compile("Uses (no other room|all rooms|(?:(?:, | and )?\\{@code [a-z.]+})+)\\.");
    private static final Pattern ROOM = Pattern.compile("\\{@code ([a-z.]+)}");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.millrace");

    /** The modules with internals, and where their sources are. */
    enum Module {
        ENGINE("io.millrace.engine", "engine"),
        HTTP("io.millrace.http", "http-netty"),
        SQLITE("io.millrace.storage.sqlite", "storage-sqlite"),
        DASHBOARD("io.millrace.dashboard", "dashboard-api"),
        REPLAY("io.millrace.replay", "replay"),
        SERVER("io.millrace.server", "server");

        private final String root;
        private final Path sources;

        Module(String root, String directory) {
            this.root = root;
            this.sources = Path.of("..", directory, "src", "main", "java");
        }

        JavaClasses internals() {
            return ALL.that(describe("internals of " + root, type -> isInternal(type.getPackageName())));
        }

        boolean isInternal(String name) {
            return (name + ".").startsWith(root + ".internal.");
        }

        /** As the others call it: {@code rollup}; {@code internal} for what puts the rooms together. */
        String room(String packageName) {
            String below = packageName.substring(root.length() + 1);
            return below.equals("internal") ? below : below.substring("internal.".length());
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
        module.internals().stream()
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
                    .isSubsetOf(said);
        }
    }

    @ParameterizedTest
    @EnumSource
    void roomsHaveNoCycles(Module module) {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(module.internals());
    }

    private static Set<String> packages(Module module) {
        return module.internals().stream()
                .map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));
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
        return module.internals().stream()
                .filter(type -> type.getPackageName().equals(packageName))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(target -> module.isInternal(target) && !target.equals(packageName))
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
}
