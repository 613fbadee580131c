package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Fixed;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What outlives a request and can hold ever more says what bounds it: a field whose type is a collection, map or cache
 * carries {@link Bounded} or {@link Fixed}. A class outlives requests when fields lead to it from what a server starts.
 * Records and enums are exempt, being what such fields hold; builders, because they are gone when something is built.
 */
class GrowthRuleTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.millrace");

    /** What a server starts. */
    private static final List<String> ROOTS = List.of(
            "io.millrace.engine.internal.RingEngine",
            "io.millrace.engine.internal.RingCollector",
            "io.millrace.engine.internal.EnrichHandler",
            "io.millrace.storage.sqlite.SqliteStorage",
            "io.millrace.dashboard.DashboardApi",
            "io.millrace.http.NettyFrontEnd",
            "io.millrace.server.internal.instance.Server");

    /** Held by long-living classes, but themselves as short-lived as a request; each with its reason. */
    private static final Map<String, String> SHORT_LIVED = Map.ofEntries(
            Map.entry("io.millrace.engine.Event", "of one beacon, which the ring counts"),
            Map.entry("io.millrace.http.internal.message.Request", "of one request, which the budget for input counts"),
            Map.entry("io.millrace.storage.sqlite.internal.rollup.VisitFact", "of one batch"),
            Map.entry("io.millrace.storage.sqlite.internal.rollup.VisitorSet", "of a day, counted with it"));

    /** Packages of other people's types that hold ever more: caches, and sets of numbers. */
    private static final List<String> GROWING = List.of(
            "com.github.benmanes.caffeine.cache", "com.google.common.cache", "com.maxmind.db", "org.roaringbitmap");

    @Test
    void whatGrowsSaysWhatBoundsIt() {
        Set<String> silent = longLived().stream()
                .flatMap(type -> type.getFields().stream())
                .filter(GrowthRuleTest::grows)
                .filter(field -> !field.isAnnotatedWith(Bounded.class) && !isFixed(field))
                .map(JavaField::getFullName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(silent).as("fields with neither @Bounded nor @Fixed").isEmpty();
    }

    @Test
    void whatIsListedIsThere() {
        assertThat(Stream.concat(ROOTS.stream(), SHORT_LIVED.keySet().stream()).filter(name -> !ALL.contain(name)))
                .isEmpty();
    }

    /** Classes that fields lead to from the roots, by the types of the fields, what these are filled with, and subtypes. */
    private static Set<JavaClass> longLived() {
        Set<JavaClass> found = new LinkedHashSet<>();
        Deque<JavaClass> open = new ArrayDeque<>();
        ROOTS.forEach(name -> open.add(ALL.get(name)));
        while (!open.isEmpty()) {
            JavaClass type = open.remove();
            if (!ours(type) || SHORT_LIVED.containsKey(type.getName()) || !found.add(type)) {
                continue;
            }
            open.addAll(type.getAllSubclasses());
            type.getAllRawSuperclasses().forEach(open::add);
            type.getFields().forEach(field -> open.addAll(field.getType().getAllInvolvedRawTypes()));
        }
        found.removeIf(
                type -> type.isRecord() || type.isEnum() || type.getSimpleName().endsWith("Builder"));
        return found;
    }

    private static boolean isFixed(JavaField field) {
        return field.isAnnotatedWith(Fixed.class) || field.getOwner().isAnnotatedWith(Fixed.class);
    }

    private static boolean ours(JavaClass type) {
        return type.getPackageName().startsWith("io.millrace.");
    }

    private static boolean grows(JavaField field) {
        JavaClass type = field.getRawType();
        Set<JavaModifier> modifiers = field.getModifiers();
        boolean constant = modifiers.contains(JavaModifier.STATIC)
                && field.getName().equals(field.getName().toUpperCase(Locale.ROOT));
        return !constant
                && !modifiers.contains(JavaModifier.SYNTHETIC)
                && (type.isAssignableTo(Collection.class)
                        || type.isAssignableTo(Map.class)
                        || GROWING.stream().anyMatch(type.getPackageName()::startsWith)
                        || type.isArray() && !modifiers.contains(JavaModifier.FINAL));
    }
}
