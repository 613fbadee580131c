package io.millrace.dashboard.internal.openapi;

import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import java.util.List;
import java.util.Map;

/** An OpenAPI 3.1 document: as much of it as ours has. What may be a reference, or is a JSON Schema, is an object. */
record Document(
        String openapi,
        Info info,
        List<Server> servers,
        Map<String, Map<String, Described>> paths,
        Components components) {

    record Info(String title, String version) {}

    record Server(String url) {}

    /**
     * One operation.
     *
     * @param tags {@code collect} when a front-end answers by itself
     * @param access what it asks of its caller
     */
    record Described(
            String summary,
            String operationId,
            @Omittable List<String> tags,
            @Name("x-access") Permission access,
            List<Object> parameters,
            List<Map<String, List<String>>> security,
            @Omittable RequestBody requestBody,
            Map<String, Object> responses) {}

    /**
     * One parameter.
     *
     * @param explode whether each member of a group is a parameter of its own
     */
    record Parameter(
            String name,
            String in,
            @Omittable String description,
            boolean required,
            @Omittable Boolean explode,
            Object schema) {}

    record RequestBody(boolean required, Map<String, Content> content) {}

    record Response(String description, @Omittable Map<String, Content> content) {}

    record Content(@Omittable Object schema) {}

    record Ref(@Name("$ref") String ref) {}

    record Components(
            Map<String, Object> schemas,
            Map<String, Parameter> parameters,
            Map<String, Response> responses,
            Map<String, Object> securitySchemes) {}
}
