package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where addresses lead. */
class RouteTest extends ModuleTest {
    private static final String AT = "new URL(a, 'https://stats.example')";

    RouteTest() {
        super("lib/route.js");
    }

    @ParameterizedTest
    @CsvSource({
        "/, sites, , ",
        "/sites/, sites, , ",
        "/sites/3, site, 3, /sites/3",
        "/sites/3/flow?period=7d, flow, 3, /sites/3",
        "/sites/3/nothing, site, 3, /sites/3",
        "/login, login, , ",
        "/settings, account, , ",
        "/health, health, , ",
        "/nothing, sites, , "
    })
    void aPathIsAPage(String address, String page, Long site, String home) {
        assertThat(js("(({page, site = null, home = null}) => [page, site, home])(it.read(" + AT + "))", address))
                .isEqualTo(Arrays.asList(page, site, home));
    }

    @Test
    void aSharedLinkIsItsToken() {
        assertThat(js(
                        "(({page, token, home, embed}) => [page, token, home, embed])(it.read(" + AT + "))",
                        "/share/t/flow?embed"))
                .isEqualTo(List.of("flow", "t", "/share/t", true));
    }

    @ParameterizedTest
    @CsvSource({"/setup/t, t", "/setup?token=t, t", "/setup#t, t", "/setup, ''"})
    void theSetUpTakesItsTokenFromAnywhere(String address, String token) {
        assertThat(js("it.read(" + AT + ").token", address)).isEqualTo(token);
    }

    @Test
    void parametersAreSetAddedAndTakenAway() {
        String changed = "it.withParams({source: ['a', 'b/c'], period: null, metric: 'x'}, " + AT + ")";
        assertThat(js(changed, "/sites/1?period=7d&source=z&os=Linux"))
                .isEqualTo("/sites/1?os=Linux&source=a&source=b/c&metric=x");
        assertThat(js("it.withParams({period: null}, " + AT + ")", "/sites/1?period=7d"))
                .isEqualTo("/sites/1");
    }

    @Test
    void whatAnAddressCannotHoldIsEscaped() {
        assertThat(js("it.withParams({page: '/a&b=c#d e'}, " + AT + ")", "/sites/1"))
                .isEqualTo("/sites/1?page=/a%26b%3Dc%23d+e");
        assertThat(js(
                        "new URL(it.withParams({page: '/a&b=c#d e'}, " + AT
                                + "), 'https://x').searchParams.get('page')",
                        "/s"))
                .isEqualTo("/a&b=c#d e");
    }

    @Test
    void anotherPageKeepsPeriodAndFiltersOnly() {
        assertThat(js(
                        "it.carry('/sites/1/flow', new URLSearchParams(a))",
                        "period=7d&os=a&metric=x&tabs=y&more=z&key=k&visitor=v&root=r"))
                .isEqualTo("/sites/1/flow?period=7d&os=a");
        assertThat(js("it.carry('/sites/1', new URLSearchParams('tabs=x'))")).isEqualTo("/sites/1");
    }
}
