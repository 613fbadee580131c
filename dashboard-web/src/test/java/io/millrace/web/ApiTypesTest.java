package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.json.Json;

/** What the page's scripts are checked against is what the API says of itself. */
class ApiTypesTest {
    private static final String DOCUMENT = """
            {"paths": {"/api/sites": {"get": {"responses": {"200": {"content": {"application/json": {"schema":
              {"$ref": "#/components/schemas/Site"}}}}}}}},
             "components": {"responses": {}, "schemas": {
              "NewSite": {"type": "object", "properties": {"domain": {"type": "string"}}, "required": ["domain"]},
              "Key": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]},
              "Site": {"type": "object", "required": ["name", "live", "keys"], "properties": {
                "name": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                "live": {"type": "boolean"},
                "keys": {"type": "array", "items": {"$ref": "#/components/schemas/Key"}},
                "events": {"type": "integer"}}}}}}""";

    @Test
    void anAnswerAndWhatItHoldsBecomeTypesAndWhatIsSentDoesNot() {
        assertThat(ApiTypes.of(new Json().toType(DOCUMENT, Map.class)))
                .endsWith("""
                /** @record */
                Api.Key = class {
                  constructor() {
                    /** @type {number} */ this.id;
                  }
                };

                /** @record */
                Api.Site = class {
                  constructor() {
                    /** @type {?string} */ this.name;
                    /** @type {boolean} */ this.live;
                    /** @type {!Array<!Api.Key>} */ this.keys;
                    /** @type {number|undefined} */ this.events;
                  }
                };
                """)
                .doesNotContain("NewSite");
    }
}
