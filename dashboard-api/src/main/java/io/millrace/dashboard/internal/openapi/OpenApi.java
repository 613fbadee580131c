package io.millrace.dashboard.internal.openapi;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.Authenticator;
import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.PeriodParser;
import io.millrace.dashboard.internal.report.ReportKind;
import io.millrace.dashboard.internal.request.Answers;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.engine.Dimension;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The description of every operation, as an OpenAPI 3.1 document. It is made from the operations themselves: one
 * that has no line here, or a line without an operation, stops the start.
 */
public final class OpenApi {
    private static final String PATH = "/api/openapi.json";
    private static final String PERIOD = "period from to interval";

    /** One operation: its summary, own parameters, request shape, status and answer's shape (or media type). */
    private record Line(String summary, String params, String request, int status, String answer) {}

    private final Map<String, Line> lines = new LinkedHashMap<>();

    private OpenApi() {
        reports();
        administration();
    }

    /** These operations, and the one that answers with the document of them all. */
    public static List<Operation> described(List<Operation> operations, String version) {
        AtomicReference<ApiResponse> document = new AtomicReference<>();
        List<Operation> all = new ArrayList<>(operations);
        all.add(Operation.of("GET", PATH, Permission.NOTHING, call -> Answers.done(document.get())));
        byte[] json = Json.write(document(all, version));
        Map<String, String> headers = Map.of("Content-Type", Answers.JSON, "Cache-Control", "public, max-age=300");
        document.set(new ApiResponse(200, headers, json, Answers.gzip(json)));
        return all;
    }

    private static JsonObject document(List<Operation> operations, String version) {
        OpenApi api = new OpenApi();
        Map<String, JsonObject> paths = new TreeMap<>();
        for (Operation operation : operations) {
            Line line = api.lines.remove(operation.method() + " " + operation.template());
            if (line == null) {
                throw new IllegalStateException("not described: " + operation.method() + " " + operation.template());
            }
            paths.computeIfAbsent(operation.template(), p -> new JsonObject())
                    .with(operation.method().toLowerCase(Locale.ROOT), description(operation, line));
        }
        if (!api.lines.isEmpty()) {
            throw new IllegalStateException("described but not there: " + api.lines.keySet());
        }
        return JsonObject.of("openapi", "3.1.0")
                .with("info", JsonObject.of("title", "Millrace").with("version", version))
                .with("paths", paths)
                .with("components", components());
    }

    private void line(String operation, String summary, String params, String answer) {
        lines.put(operation, new Line(summary, params, null, 200, answer));
    }

    private void line(String operation, String summary, String request, int status, String answer) {
        lines.put(operation, new Line(summary, "", request, status, answer));
    }

    private void reports() {
        for (ReportKind kind : ReportKind.values()) {
            if (kind.template() != null) {
                line("GET " + kind.template(), kind.summary(), String.join(" ", kind.params()), kind.answer());
            }
        }
        line(
                "GET " + ReportKind.PATH + "live",
                "The same as realtime, as a stream of events on change",
                "",
                "text/event-stream");
        line(
                "GET /api/overview",
                "All sites of the caller, each in one line",
                PERIOD + " page format table",
                "AllSites");
        lines.put("POST /api/query", new Line("Metrics by dimensions", "format table", "Query", 200, "QueryAnswer"));
        line("POST /api/conversions", "Record a conversion or a refund", "NewConversion", 201, "RecordedConversion");
        line("GET /api/public/{site}/live", "How many are on a site that shows it", "path", "PublicLive");
        line(
                "GET /api/public/{site}/popular",
                "Popular pages of a site that shows them",
                "period limit",
                "PublicPopular");
        line("GET /api/me", "What a site holds of the caller", "site visitor_id", "Me");
        line("GET /api/doctor/client", "What the server sees of the caller", "", "Client");
        line("GET /api/shared/{token}", "What a shared link is for", "", "Shared");
        line("POST /api/shared/{token}/unlock", "Open a link that has a password", "PasswordOnly", 204, null);
        line("GET /api/shared/{token}/live", "Who is on the site now, as a stream", "", "text/event-stream");
        line(
                "GET /api/shared/{token}/{report}",
                "A report by a shared link",
                PERIOD + " filters page format table",
                "application/json");
        line("GET /healthz", "Whether the process answers", "", "text/plain");
        line("GET /readyz", "Whether beacons are taken and stored", "", "text/plain");
        line("GET /metrics", "Counters in Prometheus' text format", "", "text/plain");
        line("GET " + PATH, "This document", "", "application/json");
    }

    private void administration() {
        line("GET /api/session", "Who is logged in", "", "Who");
        line("POST /api/setup", "Make the first user by the one-time link", "SetUp", 201, "SignedIn");
        line("POST /api/login", "Begin a session", "LogIn", 200, "SignedIn");
        line("POST /api/logout", "End the session, or all of the user's", "LogOut", 204, null);
        line("POST /api/password", "Change the own password", "NewPassword", 200, "SignedIn");
        line("GET /api/sites", "The sites that the caller may read", "", "Sites");
        line("POST /api/sites", "Add a site", "NewSite", 201, "Site");
        String site = " /api/sites/{siteId}";
        line("GET" + site, "One site", "", "Site");
        line("PUT" + site, "Change what is given of a site", "SiteChange", 200, "Site");
        line("DELETE" + site, "Remove a site with all its data", null, 204, null);
        line("GET" + site + "/affiliates", "The affiliates of a site", "", "AffiliateList");
        line("POST" + site + "/affiliates", "Add an affiliate", "NewAffiliate", 201, "AffiliateHead");
        String affiliate = site + "/affiliates/{affiliateId}";
        line("PUT" + affiliate, "Change what is given of an affiliate", "AffiliateChange", 200, "AffiliateHead");
        line("DELETE" + affiliate, "Remove an affiliate", null, 204, null);
        keys(site + "/keys", "a site");
        keys(" /api/keys", "all sites");
        line("GET" + site + "/links", "The shared links of a site", "", "Links");
        line("POST" + site + "/links", "Make a link; its token is shown once", "NewLink", 201, "MadeLink");
        line("DELETE" + site + "/links/{linkId}", "Revoke a link", null, 204, null);
        line("GET /api/users", "All users", "", "Users");
        line("POST /api/users", "Add a user", "NewUser", 201, "User");
        line("PUT /api/users/{userId}", "Change what is given of a user", "UserChange", 200, "User");
        line("DELETE /api/users/{userId}", "Remove a user", null, 204, null);
        line("GET /api/storage", "How many bytes the tables take", "format table", "Storage");
        line("GET /api/audit", "Who changed what", "before limit", "Audit");
        line("GET" + site + "/audit", "Who changed what of a site", "before limit", "Audit");
    }

    private void keys(String path, String of) {
        line("GET" + path, "The keys of " + of, "", "Keys");
        line("POST" + path, "Make a key of " + of + "; it is shown once", "NewKey", 201, "MadeKey");
        line("DELETE" + path + "/{keyId}", "Revoke a key of " + of, null, 204, null);
    }

    private static JsonObject description(Operation operation, Line line) {
        JsonObject description = JsonObject.of("summary", line.summary())
                .with("operationId", id(operation))
                .with("x-access", operation.permission().name().toLowerCase(Locale.ROOT))
                .with("parameters", parameters(operation, line));
        if (operation.permission() != Permission.NOTHING) {
            description.with("security", List.of(JsonObject.of("key", List.of()), JsonObject.of("session", List.of())));
        }
        if (line.request() != null) {
            description.with("requestBody", JsonObject.of("required", true).with("content", content(line.request())));
        }
        JsonObject success = JsonObject.of("description", line.summary());
        if (line.answer() != null) {
            success.with("content", content(line.answer()));
        }
        return description.with(
                "responses",
                JsonObject.of(Integer.toString(line.status()), success)
                        .with("default", JsonObject.of("$ref", "#/components/responses/Error")));
    }

    private static String id(Operation operation) {
        String words = operation.template().replaceAll("[{}]", "").replaceAll("[/.-]+", "_");
        return operation.method().toLowerCase(Locale.ROOT) + words;
    }

    private static JsonObject content(String shape) {
        boolean media = shape.indexOf('/') > 0;
        return media
                ? JsonObject.of(shape, new JsonObject())
                : JsonObject.of(Answers.JSON, JsonObject.of("schema", Schemas.reference(shape)));
    }

    private static List<JsonObject> parameters(Operation operation, Line line) {
        List<JsonObject> parameters = new ArrayList<>();
        for (String segment : operation.segments()) {
            if (segment.startsWith("{")) {
                parameters.add(JsonObject.of("name", segment.substring(1, segment.length() - 1))
                        .with("in", "path")
                        .with("required", true)
                        .with("schema", JsonObject.of("type", "string")));
            }
        }
        for (String name : line.params().split(" ")) {
            if (!name.isEmpty()) {
                parameters.add(JsonObject.of("$ref", "#/components/parameters/" + name));
            }
        }
        // The filters are one group in the lines above and many parameters in the document.
        if (line.params().contains("filters")) {
            parameters.removeIf(p -> "#/components/parameters/filters".equals(p.get("$ref")));
            filters().forEach(f -> parameters.add(JsonObject.of("$ref", "#/components/parameters/" + f)));
        }
        return parameters;
    }

    private static List<String> filters() {
        List<String> names = new ArrayList<>(Filters.names(true));
        names.remove("page");
        return names;
    }

    private static JsonObject components() {
        JsonObject parameters = new JsonObject();
        filters().forEach(f -> parameters.with(f, filter(f)));
        parameters.with("page", filter("page"));
        value(parameters, "period", "One of " + PeriodParser.NAMES, null);
        value(parameters, "from", "First day, YYYY-MM-DD, in the site's zone", "date");
        value(parameters, "to", "Last day, YYYY-MM-DD, in the site's zone", "date");
        value(parameters, "interval", "Buckets of series: one of " + PeriodParser.INTERVALS, null);
        value(parameters, "format", "json, or csv for one table", null);
        value(parameters, "table", "Which list of the answer is the CSV, with dots: conversions.bySource", null);
        value(parameters, "compare", "What to compare with: previous, year or weekday", null);
        value(
                parameters,
                "dimension",
                "One of "
                        + Arrays.stream(Dimension.values())
                                .filter(d -> d.kind() != Dimension.Kind.TIME)
                                .map(Filters::name)
                                .toList(),
                null);
        value(parameters, "key", "The property whose values are asked for; absent: the properties", null);
        for (String name :
                "order search limit offset status visitorId conversionId root depth topN site visitor_id before"
                        .split(" ")) {
            value(parameters, name, name, null);
        }
        JsonObject error = JsonObject.of("description", "What was wrong").with("content", content("Error"));
        return JsonObject.of("schemas", Schemas.all())
                .with("parameters", parameters)
                .with("responses", JsonObject.of("Error", error))
                .with(
                        "securitySchemes",
                        JsonObject.of("key", JsonObject.of("type", "http").with("scheme", "bearer"))
                                .with(
                                        "session",
                                        JsonObject.of("type", "apiKey")
                                                .with("in", "cookie")
                                                .with("name", Authenticator.SESSION)));
    }

    private static JsonObject filter(String name) {
        return JsonObject.of("name", name)
                .with("in", "query")
                .with(
                        "description",
                        "Only what has this value; repeat it for \"or\", ! before it excludes, * is a wildcard, "
                                + Filters.NONE + " is no value. Of a list, page is a number: use path")
                .with("schema", JsonObject.of("type", "array").with("items", JsonObject.of("type", "string")))
                .with("explode", true);
    }

    private static void value(JsonObject parameters, String name, String description, String format) {
        JsonObject schema = JsonObject.of("type", "string");
        if (format != null) {
            schema.with("format", format);
        }
        parameters.with(
                name,
                JsonObject.of("name", name)
                        .with("in", "query")
                        .with("description", description)
                        .with("schema", schema));
    }
}
