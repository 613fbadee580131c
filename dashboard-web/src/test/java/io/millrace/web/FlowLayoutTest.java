package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the paths of visitors are drawn. */
class FlowLayoutTest extends ModuleTest {
    private static final String TREE = "{pathname: '/', visitors: 100, children: ["
            + "{pathname: '/a', visitors: 60, children: [{pathname: '/a/b', visitors: 50, children: []}]},"
            + "{pathname: '/c', visitors: 10, children: []}]}";

    FlowLayoutTest() {
        super("pages/flow.js");
    }

    @Test
    void everyColumnIsToTheRightOfTheOneBefore() {
        assertThat(listed("it.layout(" + TREE + ", 3).nodes.map(n => n.node.pathname + ':' + n.column)"))
                .isEqualTo("/:0 /a:1 /a/b:2 leave here:2 /c:1 leave here:1");
        assertThat(js("it.layout(" + TREE + ", 3).links.every(l => l.from.x < l.to.x)"))
                .isEqualTo(true);
    }

    @Test
    void thoseWhoLeaveMakeUpForTheRest() {
        assertThat(js("it.layout(" + TREE + ", 3).links.filter(l => l.away).map(l => l.to.node.visitors)"))
                .isEqualTo(List.of(10L, 30L));
    }

    @Test
    void bandsAreAsWideAsTheNodeTheyComeFrom() {
        assertThat(js("(({nodes, links}) => nodes.filter(n => n.node.children?.length).every(n =>"
                        + " Math.abs(links.filter(l => l.from === n).reduce((sum, l) => sum + l.width, 0) - n.size) < 0.01))(it.layout("
                        + TREE + ", 3))"))
                .isEqualTo(true);
    }

    @Test
    void aRootAloneIsOneNode() {
        assertThat(
                        js(
                                "(({nodes, links, width}) => [nodes.length, links.length, width > 0])(it.layout({pathname: '/', visitors: 1}, 4))"))
                .isEqualTo(List.of(1L, 0L, true));
    }
}
