package io.millrace.engine.internal.enrich;

import io.millrace.engine.spi.Fixed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Programs that say by their user agent what they are: read from {@code crawlers.tsv}. Immutable.
 *
 * <p>All texts of the list are looked for at once, as Aho and Corasick do: an agent costs what its length costs, whatever a
 * stranger sends.
 */
final class Crawlers {
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
    private Kind[] kinds = new Kind[1];

    private int nodes = 1;

    private Crawlers() {}

    /** Reads the list that comes with the engine. */
    static Crawlers load() {
        Crawlers crawlers = new Crawlers();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Crawlers.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
            List<String[]> list = lines.lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.split("\t"))
                    .toList();
            list.forEach(cells -> crawlers.add(Kind.valueOf(cells[0].toUpperCase(Locale.ROOT)), cells[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
        crawlers.link();
        return crawlers;
    }

    private void add(Kind kind, String text) {
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            int slot = slot(node, text.charAt(i));
            if (keys[slot] == 0) {
                keys[slot] = key(node, text.charAt(i));
                targets[slot] = nodes++;
                kinds = Arrays.copyOf(kinds, Math.max(kinds.length, Integer.highestOneBit(nodes) * 2));
            }
            node = targets[slot];
        }
        kinds[node] = earlier(kinds[node], kind);
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
                    kinds[child] = earlier(kinds[child], kinds[shorter[child]]);
                    next.add(child);
                }
            }
        }
    }

    private static Kind earlier(Kind a, Kind b) {
        return a == null || b != null && b.compareTo(a) < 0 ? b : a;
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
    Kind find(String agent) {
        int node = child(0, START);
        Kind found = kinds[node];
        for (int i = 0; i < agent.length() && found != Kind.AI; i++) {
            char c = agent.charAt(i);
            node = c == START || c >>> CHAR_BITS != 0 ? 0 : step(node, c);
            found = earlier(found, kinds[node]);
        }
        return found;
    }
}
