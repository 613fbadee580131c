package io.millrace.dashboard.internal.path;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers of paths, for all journeys of one answer. Thread-safe. */
final class PathNumbers {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> paths = new ArrayList<>();

    synchronized int number(String path) {
        return numbers.computeIfAbsent(path, p -> {
            paths.add(p);
            return paths.size() - 1;
        });
    }

    synchronized String path(int number) {
        return paths.get(number);
    }

    synchronized int size() {
        return paths.size();
    }
}
