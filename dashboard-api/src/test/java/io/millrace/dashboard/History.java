package io.millrace.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random past of a site: what was sent, in the order of time, and the conversions. Immutable but for its lists. */
record History(List<Sent> sent, List<Converted> converted) {
    static final List<String> PATHS = List.of("/", "/docs/a", "/docs/b", "/blog", "/pricing");
    static final List<String> SOURCES = List.of("news", "ads", "letter");
    static final List<String> COUNTRIES = List.of("DE", "IN", "US");
    static final List<String> AFFILIATES = List.of("bob", "eve");

    /**
     * A page view, or a custom event when it has a name. Null is what was not sent.
     *
     * @param read how long a page view was read, milliseconds
     * @param scroll how far, percent; both 0: that was not sent
     */
    record Sent(
            long time,
            String visitor,
            String session,
            String path,
            String event,
            String source,
            String country,
            int width,
            String ref,
            int read,
            int scroll) {
        boolean measured() {
            return read > 0 || scroll > 0;
        }
    }

    /**
     * A conversion.
     *
     * @param refunded whether it is sent as refunded
     * @param back a part of it, or all, that is refunded later
     */
    record Converted(String id, long time, String visitor, long amount, String currency, boolean refunded, long back) {
        boolean counts() {
            return !refunded && (back == 0 || back < amount);
        }

        /** When that part is refunded: within days, and not in the future. */
        long backAt(long now) {
            return Math.min(now, time + back * 60_000);
        }

        long left() {
            return amount - back;
        }
    }

    static History random(Random random, long from, long to, int events) {
        History history = new History(new ArrayList<>(), new ArrayList<>());
        long step = (to - from) / events;
        long time = from;
        for (int i = 0; i < events; i++) {
            // Mostly a few minutes within a visit, now and then a long silence.
            time += random.nextInt(3) == 0 ? (long) (random.nextDouble() * 5 * step) : random.nextInt(900_000);
            if (time >= to) {
                break;
            }
            history.sent.add(event(random, time));
        }
        for (int i = 0; i < events / 15; i++) {
            history.converted.add(converted(random, i, from + (long) (random.nextDouble() * (to - from))));
        }
        return history;
    }

    private static Sent event(Random random, long time) {
        boolean custom = random.nextInt(6) == 0;
        boolean measured = !custom && random.nextBoolean();
        return new Sent(
                time,
                "v" + random.nextInt(9),
                random.nextInt(3) == 0 ? "s" + random.nextInt(3) : null,
                any(random, PATHS),
                custom ? "signup" : null,
                random.nextBoolean() ? any(random, SOURCES) : null,
                random.nextInt(4) == 0 ? null : any(random, COUNTRIES),
                random.nextInt(3) * 500 + 400,
                random.nextInt(5) == 0 ? any(random, AFFILIATES) : null,
                measured ? random.nextInt(3) * random.nextInt(12_000) : 0,
                measured ? random.nextInt(101) : 0);
    }

    private static Converted converted(Random random, int i, long time) {
        long amount = random.nextInt(10_000);
        boolean refunded = random.nextInt(6) == 0;
        return new Converted(
                "p" + i,
                time,
                random.nextInt(4) == 0 ? null : "v" + random.nextInt(12),
                amount,
                random.nextInt(3) == 0 ? "USD" : "EUR",
                refunded,
                refunded || amount == 0 || random.nextInt(3) > 0 ? 0 : Math.min(amount, 1 + random.nextInt(12_000)));
    }

    static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
