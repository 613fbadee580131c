package io.millrace.web;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls functions of one module of the page, in a browser that all these tests share. */
@ExtendWith(OneBrowser.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class ModuleTest {
    static OneBrowser.Shared shared;

    private final String path;

    /** @param path of the module, such as {@code lib/format.js} */
    ModuleTest(String path) {
        this.path = path;
    }

    @BeforeAll
    void load() {
        shared.browser().load("tested", path);
    }

    /** What an expression is worth: {@code it} is the module, {@code a}, {@code b} and {@code c} are the arguments. */
    Object js(String expression, Object... args) {
        return shared.browser().run("const it = tested; const [a, b, c] = arguments; return " + expression, args);
    }

    /** The same of a list of texts, in one text. */
    String listed(String expression, Object... args) {
        return ((List<?>) js(expression, args)).stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
