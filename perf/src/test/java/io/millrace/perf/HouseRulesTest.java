package io.millrace.perf;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    private static final int MOST_TYPES = 25;
    private static final JavaClasses PERF = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPath(Path.of("target/classes"))
            .that(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "of this module, written by hand",
                    c -> c.getPackageName().startsWith("io.millrace.perf")
                            && !c.getPackageName().contains("jmh_generated")));

    @Test
    void roomsHaveNoCycles() {
        slices().assignedFrom(new Rooms()).should().beFreeOfCycles().check(PERF);
    }

    @Test
    void roomsHaveAtMost25Types() {
        Map<String, Long> types = PERF.stream()
                .filter(c -> c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(types).allSatisfy((room, n) -> assertThat(n).as(room).isLessThanOrEqualTo(MOST_TYPES));
    }

    @Test
    void roomsSayWhatTheyAre() {
        assertThat(PERF.stream().map(JavaClass::getPackageName).distinct())
                .allSatisfy(room -> assertThat(Path.of("src/main/java", room.replace('.', '/'), "package-info.java"))
                        .exists());
    }

    /** Each package by itself: what lies below it is another room. */
    private static final class Rooms implements SliceAssignment {
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
