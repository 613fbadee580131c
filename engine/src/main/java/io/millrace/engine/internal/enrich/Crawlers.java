package io.millrace.engine.internal.enrich;

import io.millrace.engine.AiAgent;
import io.millrace.engine.spi.Fixed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Programs that say by their user agent what they are: read from {@code crawlers.tsv}. Immutable.
 *
 * <p>All texts of the list are looked for at once, as Aho and Corasick do: an agent costs what its length costs, whatever a
 * stranger sends.
 */
public final class Crawlers {
    private static final String FILE = "crawlers.tsv";
    private static final int TABLE = 1 << 16;
    private static final int CHAR_BITS = 7;

    /** What stands in the list before a text that counts at the start of an agent only. */
    private static final char START = '^';

    /** What a program is; the earlier one counts where an agent names two. */
    enum Kind {
        AI,
        BOT,
        LIBRARY,
        HEADLESS
    }

    /**
     * A line of the list.
     *
     * @param ai the agent, of the kind AI; else null
     */
    record Found(Kind kind, AiAgent ai) {}

    /** Read when it is first asked for, once for all engines of a JVM. */
    private static final class Loaded {
        private static final Crawlers LIST = load();
    }

    /** Where a character leads from a node of the tree of texts: a table of node and character, 0 where there is none. */
    @Fixed("read from a file of the program")
    private final int[] keys = new int[TABLE];

    @Fixed("read from a file of the program")
    private final int[] targets = new int[TABLE];

    /** The node of the longest end of a node's text that begins a text, too. */
    @Fixed("read from a file of the program")
    private int[] shorter = new int[1];

    /** What has been found at a node, or null. */
    @Fixed("read from a file of the program")
    private Found[] found = new Found[1];

    @Fixed("read from a file of the program")
    private final Map<String, AiAgent> agents = new HashMap<>();

    private int nodes = 1;

    private Crawlers() {}

    /** The list that comes with the engine. */
    public static Crawlers list() {
        return Loaded.LIST;
    }

    /** The agent of this name, or null. */
    public AiAgent ai(String name) {
        return agents.get(name);
    }

    private static Crawlers load() {
        Crawlers crawlers = new Crawlers();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Crawlers.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            lines.lines().filter(l -> !l.startsWith("#")).forEach(l -> crawlers.add(l.split("\t")));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
        crawlers.link();
        return crawlers;
    }

    private void add(String[] cells) {
        String text = cells[1];
        AiAgent ai = cells.length < 5
                ? null
                : new AiAgent(cells[2], cells[3], AiAgent.Purpose.valueOf(cells[4].toUpperCase(Locale.ROOT)));
        if (ai != null) {
            agents.put(ai.name(), ai);
        }
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            int slot = slot(node, text.charAt(i));
            if (keys[slot] == 0) {
                keys[slot] = key(node, text.charAt(i));
                targets[slot] = nodes++;
                found = nodes > found.length ? Arrays.copyOf(found, 2 * found.length) : found;
            }
            node = targets[slot];
        }
        found[node] = earlier(found[node], new Found(Kind.valueOf(cells[0].toUpperCase(Locale.ROOT)), ai));
    }

    /** Says of each node, the nearest to the root first, where to go on when no text goes on there. */
    private void link() {
        shorter = new int[nodes];
        ArrayDeque<Integer> next = new ArrayDeque<>(List.of(0));
        while (!next.isEmpty()) {
            int node = next.remove();
            for (char c = 0; c < 1 << CHAR_BITS; c++) {
                int child = child(node, c);
                if (child != 0) {
                    shorter[child] = node == 0 ? 0 : step(shorter[node], c);
                    found[child] = earlier(found[child], found[shorter[child]]);
                    next.add(child);
                }
            }
        }
    }

    private static Found earlier(Found a, Found b) {
        return a == null || b != null && b.kind.compareTo(a.kind) < 0 ? b : a;
    }

    private static int key(int node, char c) {
        return (node << CHAR_BITS | c) + 1;
    }

    private int slot(int node, char c) {
        int key = key(node, c);
        int slot = key * 0x9E3779B9 >>> 16;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & TABLE - 1;
        }
        return slot;
    }

    private int child(int node, char c) {
        return targets[slot(node, c)];
    }

    private int step(int node, char c) {
        int from = node;
        int child = child(from, c);
        while (child == 0 && from != 0) {
            from = shorter[from];
            child = child(from, c);
        }
        return child;
    }

    /** What an agent says that it is, or null. */
    Found find(String agent) {
        int node = child(0, START);
        Found first = found[node];
        for (int i = 0; i < agent.length() && (first == null || first.kind != Kind.AI); i++) {
            char c = agent.charAt(i);
            node = c == START || c >>> CHAR_BITS != 0 ? 0 : step(node, c);
            first = earlier(first, found[node]);
        }
        return first;
    }
}
