package io.millrace.server;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

/** Arrows only point down, and each library is known to one module. */
class HouseRulesTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.millrace");

    private static final String ENGINE = "io.millrace.engine..";
    private static final String SQLITE = "io.millrace.storage.sqlite..";
    private static final String WIRE = "io.millrace.wire..";
    private static final String DASHBOARD = "io.millrace.dashboard..";
    private static final String HTTP = "io.millrace.http..";
    private static final String REPLAY = "io.millrace.replay..";
    private static final String TRACKER = "io.millrace.tracker..";
    private static final String NETTY = "io.netty..";
    private static final String SERVER = "io.millrace.server..";

    @Test
    void theEngineKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SQLITE, WIRE, DASHBOARD, HTTP, REPLAY, TRACKER, SERVER)
                .check(ALL);
    }

    @Test
    void theEngineKnowsNoNettyNoJdbcAndNoJson() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NETTY, "java.sql..", "javax.sql..", "org.jdbi..", "com.dslplatform..")
                .check(ALL);
    }

    @Test
    void plugInsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(SQLITE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WIRE, DASHBOARD, HTTP, REPLAY, TRACKER, SERVER)
                .check(ALL);
        noClasses()
                .that()
                .resideInAnyPackage(HTTP, REPLAY, DASHBOARD, WIRE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SQLITE, TRACKER, SERVER)
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage(REPLAY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HTTP, DASHBOARD)
                .check(ALL);
    }

    @Test
    void nobodyImportsTheServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVER)
                .check(ALL);
    }

    @Test
    void onlyTheFrontEndKnowsNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HTTP)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(NETTY)
                .check(ALL);
    }

    @Test
    void onlyTheStorageKnowsJdbc() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SQLITE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.jdbi..", "org.sqlite..")
                .check(ALL);
    }

    @Test
    void onlyWiresJsonPackageKnowsTheJsonLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.millrace.wire.json")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.dslplatform..")
                .check(ALL);
    }

    @Test
    void onlyTheEngineKnowsTheDisruptorAndTheAgentParser() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.lmax..", "ua_parser..")
                .check(ALL);
    }

    @Test
    void onlyTheServerKnowsTheCommandLineAndToml() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "org.tomlj..")
                .check(ALL);
    }

    @Test
    void theLibraryOfMetricsIsKnownToWhatMeasures() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SQLITE, DASHBOARD, SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.prometheus..")
                .check(ALL);
    }

    /** A machine reads what is written by the machine's locale otherwise: Bengali digits in a file's name. */
    @Test
    void nobodyWritesNumbersByTheMachinesLocale() {
        noClasses()
                .should()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintStream.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
                .check(ALL);
    }

    @Test
    void noTypeOfNettyIsInAPublicSignature() {
        noCodeUnits()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.millrace.http")
                .and()
                .arePublic()
                .should()
                .haveRawReturnType(resideInAPackage(NETTY))
                .orShould()
                .haveRawParameterTypes(anyElementThat(resideInAPackage(NETTY)))
                .check(ALL);
    }

    @Test
    void internalsAreSeenByTheirOwnModuleOnly() {
        for (String module : new String[] {
            "io.millrace.engine",
            "io.millrace.storage.sqlite",
            "io.millrace.dashboard",
            "io.millrace.http",
            "io.millrace.replay",
            "io.millrace.server"
        }) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(module + ".internal..")
                    .check(ALL);
        }
    }

    @Test
    void modulesHaveNoCycles() {
        slices().matching("io.millrace.(*)..").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void nobodySleepsOrPrints() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ALL);
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVER)
                .should()
                .accessField(System.class, "out")
                .check(ALL);
    }
}
