package io.millrace.replay.internal.imports;

import java.util.function.Function;

/**
 * A row of a file.
 *
 * @param number from 1
 * @param line where it begins in its file, from 1; of a database its number
 * @param cells what it has, by the names of columns in lower case: texts, and where the file has JSON trees of it
 */
record Row(long number, long line, Function<String, Object> cells) {

    /** The text of a column without blanks around it; null: it has none. */
    String text(String column) {
        Object value = cells.apply(column);
        String text = value == null ? "" : value.toString().strip();
        return text.isEmpty() || text.equals("\\N") || text.equalsIgnoreCase("null") ? null : text;
    }

    String need(String column) {
        String text = text(column);
        if (text == null) {
            throw new BadRow(column + ": is empty");
        }
        return text;
    }

    /** The first of these columns that has something. */
    String first(String... columns) {
        for (String column : columns) {
            String text = text(column);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** A whole number; what the column lacks is 0. */
    long number(String column) {
        String text = text(column);
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadRow(column + ": must be a whole number");
        }
    }
}
