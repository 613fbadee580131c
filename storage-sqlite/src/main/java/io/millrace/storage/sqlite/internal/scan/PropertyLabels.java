package io.millrace.storage.sqlite.internal.scan;

import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a question for properties counts: the keys of sets of properties, or their values of one key. Sets that have the same
 * are one combination. For one question; not thread-safe.
 */
final class PropertyLabels {
    private final String key;
    private final PropertyValues texts = new PropertyValues();
    private final Map<List<Integer>, Integer> numbers = new HashMap<>();
    private final List<int[]> combinations = new ArrayList<>();

    /** @param key whose values are counted; null: the keys are */
    PropertyLabels(String key) {
        this.key = key;
        combinations.add(new int[0]);
    }

    /** The number of the combination of each set, behind 0 for no set. */
    int[] numbers(List<String> sets) {
        int[] found = new int[sets.size() + 1];
        List<String> values = key == null ? null : SqlJson.values(sets, key);
        for (int i = 0; i < sets.size(); i++) {
            if (values == null) {
                found[i + 1] = combination(SqlJson.keys(sets.get(i)));
            } else if (values.get(i) != null) {
                found[i + 1] = texts.numberOf(values.get(i));
            }
        }
        return found;
    }

    private int combination(List<String> keys) {
        List<Integer> labels = keys.stream().map(texts::numberOf).toList();
        return numbers.computeIfAbsent(labels, l -> {
            combinations.add(l.stream().mapToInt(Integer::intValue).toArray());
            return combinations.size() - 1;
        });
    }

    /** How many labels a combination has. */
    int count(int combination) {
        return key == null ? combinations.get(combination).length : 1;
    }

    /** One of them. */
    int label(int combination, int at) {
        return key == null ? combinations.get(combination)[at] : combination;
    }

    /** Labels are from 1 to this. */
    int size() {
        return texts.size();
    }

    String text(int label) {
        return texts.text(label);
    }
}
