package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the paths of visitors are drawn. */
class FlowLayoutTest extends ModuleTest {
    private static final String TREE = "{pathname: '/', visitors: 100, exits: 10, others: 20, children: ["
            + "{pathname: '/a', visitors: 60, exits: 10, children: [{pathname: '/a/b', visitors: 50, children: []}]},"
            + "{pathname: '/c', visitors: 10, children: []}]}";

    /** The shares of a shop's first page, where most go on to many pages. */
    private static final String WIDE = "{pathname: '/', visitors: 6048, exits: 900, others: 4486, children: ["
            + "{pathname: '/a', visitors: 662, exits: 600, others: 61, children: [{pathname: '/b', visitors: 1, exits: 0}]}]}";

    FlowLayoutTest() {
        super("pages/flow.js");
    }

    @Test
    void everyColumnIsToTheRightOfTheOneBefore() {
        assertThat(listed("it.layout(" + TREE + ").nodes.map(n => n.node.pathname + ':' + n.column)"))
                .isEqualTo("/:0 /a:1 /a/b:2 leave here:2 /c:1 other pages:1 leave here:1");
        assertThat(js("it.layout(" + TREE + ").links.every(l => l.from.x < l.to.x)"))
                .isEqualTo(true);
    }

    @Test
    void onlyThoseWhoLeaveAreSaidToLeave() {
        assertThat(js("it.layout(" + TREE + ").links.filter(l => l.away).map(l => l.to.node.visitors)"))
                .isEqualTo(List.of(10L, 10L));
        assertThat(listed("it.layout(" + WIDE
                        + ").nodes.filter(n => n.column < 2).map(n => n.node.pathname + ':' + n.node.visitors)"))
                .isEqualTo("/:6048 /a:662 other pages:4486 leave here:900");
    }

    @Test
    void noNodeCoversItsNeighbourAndNoneIsCut() {
        for (String tree : List.of(TREE, WIDE)) {
            assertThat(js(
                            "(({nodes, height}) => nodes.every(n => n.y >= 0 && n.y + n.size <= height && nodes.every(o =>"
                                    + " o === n || o.column !== n.column || o.y >= n.y + n.size || n.y >= o.y + o.size)))(it.layout("
                                    + tree + "))"))
                    .isEqualTo(true);
        }
    }

    @Test
    void bandsAreAsWideAsTheNodeTheyComeFrom() {
        assertThat(js("(({nodes, links}) => nodes.filter(n => n.node.children?.length).every(n =>"
                        + " Math.abs(links.filter(l => l.from === n).reduce((sum, l) => sum + l.width, 0) - n.size) < 0.01))(it.layout("
                        + TREE + "))"))
                .isEqualTo(true);
    }

    @Test
    void aPageThatAllLeaveSaysSoAndTheLastColumnSaysNotWhereTheyGoOn() {
        assertThat(listed("it.layout({pathname: '/', visitors: 5, exits: 5, others: 0, children: []}).nodes"
                        + ".map(n => n.node.pathname)"))
                .isEqualTo("/ leave here");
        assertThat(listed("it.layout({pathname: '/', visitors: 5, exits: 5, others: 0, children: []}, true).nodes"
                        + ".map(n => n.node.pathname)"))
                .isEqualTo("/ begin here");
        assertThat(listed("it.layout({pathname: '/', visitors: 5, exits: 2, others: 3, children: []}).nodes"
                        + ".map(n => n.node.pathname)"))
                .isEqualTo("/");
    }

    @Test
    void aRootAloneIsOneNode() {
        assertThat(
                        js(
                                "(({nodes, links, width}) => [nodes.length, links.length, width > 0])(it.layout({pathname: '/', visitors: 1}))"))
                .isEqualTo(List.of(1L, 0L, true));
    }
}
