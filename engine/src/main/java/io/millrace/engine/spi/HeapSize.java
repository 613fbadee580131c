package io.millrace.engine.spi;

import io.millrace.engine.Agent;
import io.millrace.engine.Campaign;
import io.millrace.engine.ClientHints;
import io.millrace.engine.Place;
import java.util.Map;

/**
 * Estimates of the heap that values hold, in bytes, for structures that are bounded by it. Rather too much than too
 * little: a value that several hold counts with each of them. Null holds nothing.
 */
public final class HeapSize {
    /** An object's header and the rounding of its size. */
    public static final int OBJECT = 24;
    /** An entry of a linked hash map with its place in the table. */
    public static final int MAP_ENTRY = 64;

    private static final int TEXT = 48;
    private static final int SHORT = 64;

    private HeapSize() {}

    /** A text. Short ones are taken for two bytes a character: looking costs more than it tells. */
    public static int of(String text) {
        if (text == null) {
            return 0;
        }
        int length = text.length();
        return TEXT + (length <= SHORT || wide(text) ? 2 * length : length);
    }

    private static boolean wide(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return true;
            }
        }
        return false;
    }

    /** Properties by their names. */
    public static int of(Map<String, String> props) {
        int bytes = 0;
        for (Map.Entry<String, String> p : props.entrySet()) {
            bytes += MAP_ENTRY + of(p.getKey()) + of(p.getValue());
        }
        return bytes;
    }

    public static int of(Campaign c) {
        return OBJECT + 16 + of(c.source()) + of(c.medium()) + of(c.name()) + of(c.term()) + of(c.content());
    }

    public static int of(Place p) {
        return OBJECT + of(p.country()) + of(p.region()) + of(p.city());
    }

    public static int of(ClientHints h) {
        return h == null
                ? 0
                : OBJECT
                        + 16
                        + of(h.brands())
                        + of(h.fullVersions())
                        + of(h.mobile())
                        + of(h.platform())
                        + of(h.platformVersion());
    }

    public static int of(Agent a) {
        return OBJECT + 16 + of(a.browser()) + of(a.browserVersion()) + of(a.os()) + of(a.osVersion()) + of(a.device());
    }
}
