package io.millrace.http;

import io.millrace.engine.ModulePathContract;

class ModulePathTest extends ModulePathContract {
    ModulePathTest() {
        super("io.millrace.http", "HttpServer", "page.ApiRoute", "connection.Tls");
    }
}
