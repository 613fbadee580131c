package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.json.Json;

/** What the page's scripts are checked against is what the API says of itself. */
class ApiTypesTest {
    @Test
    void theTypesOfAnswersAreThoseOfTheApi() throws IOException, InterruptedException {
        String types = ApiTypes.of(new Json().toType(document(), Map.class));
        Path made = Path.of("target/api.js");
        Files.writeString(made, types);
        assertThat(Path.of("src/build/types/api.js"))
                .as("the API has changed: copy %s there and mend what the build then complains about", made)
                .hasContent(types);
    }

    private static String document() throws IOException, InterruptedException {
        try (PageServer server = new PageServer(0)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url("/api/openapi.json")))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
