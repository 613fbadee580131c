package io.millrace.dashboard.internal.answer;

import java.util.List;

/** How many visits a value has, and of how many visitors. */
public record CountRow(String name, long count, long visitors) {
    public CountRow(String name, List<Long> m) {
        this(name, m.get(0), m.get(1));
    }
}
