package io.millrace.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final int DEPTH = 4;

    private static Map<String, Object> read(String json) throws MalformedJson {
        return Json.object(json.replace('\'', '"').getBytes(UTF_8), DEPTH);
    }

    @Test
    void readsATreeOfEverythingThatJsonHas() throws MalformedJson {
        Map<String, Object> tree =
                read("{'s':'\\u00e4','n':-7,'d':0.10,'t':true,'f':false,'z':null,'a':[1,{'b':[]}]} \n");
        assertThat(tree.keySet()).containsExactly("s", "n", "d", "t", "f", "z", "a");
        assertThat(tree.get("s")).isEqualTo("ä");
        assertThat(tree.get("n")).isEqualTo(-7L);
        assertThat(tree.get("d")).isEqualTo(new BigDecimal("0.10"));
        assertThat(tree.get("t")).isEqualTo(true);
        assertThat(tree.get("f")).isEqualTo(false);
        assertThat(tree.get("z")).isNull();
        assertThat(tree.get("a")).isEqualTo(List.of(1L, Map.of("b", List.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "[]",
                "{'a':1}{}",
                "{'a':1,'a':1}",
                "{'o':{'a':1,'\\u0061':2}}",
                "{'a':[[[[1]]]]}",
                "{'a':1e99999999999}",
                "{'a':0.00000000000000000000000000000000000000000000000000000000000000001}",
                "{'a':NaN}",
                "{'a':01}",
                "{'a':'\t'}"
            })
    void refusesWhatIsNoObjectNestedTooDeeplyOrAmbiguous(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedJson.class);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin1 = {'{', '"', 'a', '"', ':', '"', (byte) 0xE4, '"', '}'};
        assertThatThrownBy(() -> Json.object(latin1, DEPTH)).hasMessageContaining("UTF-8");
    }

    @Test
    void writesWhatItReads() throws MalformedJson {
        String text = "{'s':'a\\'b\\\\c\\u0001\\n€😀','n':[1,-2,null,true],'o':{},'d':1.5}".replace("\\'", "\\\"");
        JsonObject tree = JsonObject.of("s", "a\"b\\c\u0001\n€😀")
                .with("n", Arrays.asList(1, -2L, null, true))
                .with("o", Map.of())
                .with("d", 1.5);
        assertThat(new String(Json.write(tree), UTF_8)).isEqualTo(text.replace('\'', '"'));
        assertThat(Json.object(Json.write(tree), DEPTH)).containsEntry("s", "a\"b\\c\u0001\n€😀");
        assertThatThrownBy(() -> Json.write(new Object())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesMemberByMember() {
        JsonWriter out = new JsonWriter();
        out.object().member("a", 1).member("b", (String) null).name("c").array();
        out.value("x")
                .value(2)
                .value(false)
                .object()
                .endObject()
                .endArray()
                .name("d")
                .object();
        assertThat(out.endObject().endObject()).hasToString("{\"a\":1,\"b\":null,\"c\":[\"x\",2,false,{}],\"d\":{}}");
        assertThat(out.reset().value(7)).hasToString("7");
    }

    @Test
    void writesHalfASurrogatePairAsReplacement() {
        assertThat(new String(Json.write("a\uD83D"), UTF_8)).isEqualTo("\"a\uFFFD\"");
    }

    @Test
    void anErrorHasOneShape() {
        assertThat(new String(Json.write(JsonError.of("invalid_field", "url: must be absolute", "url")), UTF_8))
                .isEqualTo(
                        "{\"error\":{\"code\":\"invalid_field\",\"message\":\"url: must be absolute\",\"field\":\"url\"}}");
        assertThat(new String(Json.write(JsonError.of("internal", "no", null)), UTF_8))
                .isEqualTo("{\"error\":{\"code\":\"internal\",\"message\":\"no\"}}");
    }
}
