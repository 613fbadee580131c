package io.millrace.perf.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.engine.Beacon;
import io.millrace.engine.Beacon.Type;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final long MONTH = 30 * 86_400_000L;
    private static final long START = 1_790_000_000_000L;
    private static final int VIEWS = 40_000;

    private final List<Beacon> month = month(1);

    private static List<Beacon> month(long seed) {
        History history = new History(7, seed, VIEWS, START);
        return Stream.generate(history::next)
                .takeWhile(b -> b.time() < START + MONTH)
                .toList();
    }

    private static Map<String, List<Beacon>> by(Function<Beacon, String> key, List<Beacon> beacons) {
        return beacons.stream().collect(Collectors.groupingBy(key));
    }

    private List<Beacon> of(Type type) {
        return month.stream().filter(b -> b.type() == type).toList();
    }

    @Test
    void goesForwardInTimeAndIsTheSameAgain() {
        assertThat(month).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
        assertThat(month(1)).isEqualTo(month);
        assertThat(month(2)).isNotEqualTo(month);
    }

    @Test
    void hasTheAskedPageViewsAMonthFourAVisit() {
        List<Beacon> views = of(Type.PAGEVIEW);
        assertThat((double) views.size()).isCloseTo(VIEWS, within(VIEWS * 0.05));
        assertThat((double) views.size() / by(Beacon::sessionId, views).size()).isCloseTo(4, within(0.2));
    }

    @Test
    void aThirdOfTheVisitsAreByPeopleWhoWereHereBefore() {
        List<Beacon> views = of(Type.PAGEVIEW);
        double visits = by(Beacon::sessionId, views).size();
        assertThat(by(Beacon::visitorId, views).size() / visits).isCloseTo(0.68, within(0.08));
    }

    @Test
    void everybodyKeepsABrowserAndAPlace() {
        assertThat(by(Beacon::visitorId, month).values())
                .allSatisfy(own -> assertThat(
                                own.stream().map(b -> b.userAgent() + b.place()).distinct())
                        .hasSize(1));
    }

    @Test
    void someVisitsHaveOneEventAndHalfOfThoseAPlan() {
        List<Beacon> events = of(Type.EVENT);
        double visits = by(Beacon::sessionId, of(Type.PAGEVIEW)).size();
        assertThat(events.size() / visits).isCloseTo(0.15, within(0.02));
        assertThat(by(Beacon::sessionId, events)).hasSameSizeAs(events);
        List<Beacon> signUps =
                events.stream().filter(b -> b.name().equals("Signup")).toList();
        assertThat(signUps).allMatch(b -> b.props().containsKey(History.PROPERTY));
        assertThat((double) signUps.size() / events.size()).isCloseTo(0.5, within(0.06));
        assertThat(signUps).anyMatch(b -> b.props().containsValue(History.PLAN));
    }

    @Test
    void engagementSpeaksOfAPageViewOfTheSameVisit() {
        Map<String, List<Beacon>> views = by(Beacon::id, of(Type.PAGEVIEW));
        assertThat(of(Type.ENGAGEMENT))
                .isNotEmpty()
                .allSatisfy(b -> assertThat(views.get(b.view()))
                        .singleElement()
                        .extracting(Beacon::sessionId)
                        .isEqualTo(b.sessionId()));
    }

    @Test
    void manyCountriesPathsAndSourcesOfWhichFewAreCommon() {
        List<Beacon> views = of(Type.PAGEVIEW);
        assertThat(by(b -> b.place().country(), views)).hasSizeBetween(150, 200);
        assertThat(by(Beacon::pathname, views)).hasSizeGreaterThan(2_000);
        List<Beacon> referred = views.stream().filter(b -> b.referrer() != null).toList();
        assertThat(by(Beacon::referrer, referred)).hasSizeGreaterThan(150);
        assertThat((double) by(Beacon::pathname, views).get(History.path(0)).size() / views.size())
                .isBetween(0.05, 0.12);
    }
}
