package io.millrace.dashboard;

import io.millrace.engine.ModulePathContract;

class ModulePathTest extends ModulePathContract {
    ModulePathTest() {
        super("io.millrace.dashboard", "request.ApiAnswers", "cache.ReportCache");
    }
}
