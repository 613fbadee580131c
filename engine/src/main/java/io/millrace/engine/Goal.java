package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a site wants of its visitors: to see a page, perhaps far down or for long, or to do what a custom event stands
 * for. A hit that {@link #filters} select completes it. Texts but the name are patterns, see {@link Filter}. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param name what people call it; each of a site has another
 * @param page the path of the page view or event; null: any
 * @param event the name of the custom event; null: it is completed by page views
 * @param props what the event's properties must be, by their keys
 * @param scroll percent of the page that must have come into sight, 0 to 100
 * @param seconds visible and focused time on the page, at least
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Goal(
        int id, int siteId, String name, String page, String event, Map<String, String> props, int scroll, int seconds)
        implements GoalBuilder.With {
    /** So many a site may have. */
    public static final int MOST = 50;

    /** Bytes of a name. */
    public static final int LONGEST_NAME = 120;

    /** Bytes of a pattern. */
    public static final int LONGEST_PATTERN = 256;

    /** Bytes of a property's key. */
    public static final int LONGEST_KEY = 64;

    public static final int MOST_SECONDS = 86_400;

    private static final int MOST_PROPS = 8;
    private static final int MOST_WILDCARDS = 8;

    public Goal {
        props = Map.copyOf(props);
    }

    /** The one of these with this name or id; no name is a number alone. */
    public static Optional<Goal> named(Collection<Goal> goals, String nameOrId) {
        return goals.stream()
                .filter(g ->
                        g.name().equals(nameOrId) || Integer.toString(g.id()).equals(nameOrId))
                .findAny();
    }

    /** What selects the hits that complete it. */
    public List<Filter> filters() {
        List<Filter> all = new ArrayList<>();
        if (page != null) {
            all.add(Filter.is(Dimension.PAGE, page));
        }
        if (event == null) {
            all.add(Filter.that(new Reached(scroll, seconds * 1000L)));
        } else {
            all.add(Filter.is(Dimension.EVENT, event));
            all.add(Filter.isNot(Dimension.EVENT, "")); // else page views of visits with such an event
            props.forEach((key, value) -> all.add(Filter.is(new Property(key), value)));
        }
        return all;
    }

    /**
     * Why it cannot be one of a site's goals, beginning with the field at fault; empty: it can.
     *
     * @param ofSite the goals that the site has
     */
    public Optional<String> fault(Collection<Goal> ofSite) {
        Optional<String> ofName = nameFault(name);
        if (ofName.isPresent()) {
            return ofName;
        }
        if (ofSite.stream().anyMatch(g -> g.id() != id && g.name().equals(name))) {
            return Optional.of("name: " + name + " is a goal of this site already");
        }
        if (id == 0 && ofSite.size() >= MOST) {
            return Optional.of("name: a site has at most " + MOST + " goals");
        }
        return ownFault();
    }

    /** Why nothing of a site can have a name. */
    static Optional<String> nameFault(String name) {
        if (name.isBlank() || !fits(name, LONGEST_NAME)) {
            return Optional.of("name: has 1 to " + LONGEST_NAME + " bytes, none of them a control character");
        }
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of("name: a number alone looks like an id");
        }
        return Optional.empty();
    }

    private Optional<String> ownFault() {
        if (page == null && event == null && scroll == 0 && seconds == 0) {
            return Optional.of("page: a goal needs a page, an event, scroll or seconds");
        }
        if (event == null && !props.isEmpty()) {
            return Optional.of("props: page views have none, so they need an event");
        }
        if (scroll < 0 || scroll > 100 || event != null && scroll != 0) {
            return Optional.of("scroll: 0 to 100 percent of a page, and not with an event");
        }
        if (seconds < 0 || seconds > MOST_SECONDS || event != null && seconds != 0) {
            return Optional.of("seconds: 0 to " + MOST_SECONDS + " on a page, and not with an event");
        }
        if (props.size() > MOST_PROPS || !props.keySet().stream().allMatch(k -> fits(k, LONGEST_KEY))) {
            return Optional.of("props: at most " + MOST_PROPS + ", with keys of 1 to " + LONGEST_KEY + " bytes");
        }
        return patternFault("page", page)
                .or(() -> patternFault("event", event))
                .or(() -> props.values().stream()
                        .flatMap(value -> patternFault("props", value).stream())
                        .findFirst());
    }

    private static Optional<String> patternFault(String field, String pattern) {
        if (pattern == null
                || fits(pattern, LONGEST_PATTERN) && Filter.pieces(pattern).size() <= MOST_WILDCARDS + 1) {
            return Optional.empty();
        }
        return Optional.of(
                field + ": has 1 to " + LONGEST_PATTERN + " bytes and at most " + MOST_WILDCARDS + " wildcards");
    }

    private static boolean fits(String text, int most) {
        return !text.isEmpty() && PlainText.fits(text, most) && !PlainText.isDirty(text);
    }
}
