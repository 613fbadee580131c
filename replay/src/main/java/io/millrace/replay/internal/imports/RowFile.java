package io.millrace.replay.internal.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.millrace.replay.ForeignTables;
import io.millrace.replay.ImportRefused;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.MalformedJson;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipException;

/** Reads the rows of one file, whatever it is. Used once, by one thread. */
public final class RowFile {
    private static final int LONGEST_FIELD = 1 << 20;
    private static final int LONGEST_LINE = 1 << 20;
    private static final int DEEPEST = 16;

    /** Is given rows one after the other. */
    @FunctionalInterface
    interface Taker {
        /** @return false: no more */
        boolean take(String file, Row row) throws IOException;
    }

    @SuppressWarnings("serial") // never leaves this class
    private static final class Enough extends IOException {}

    private final Path path;
    private final Rows rows;
    private final Taker taker;
    private String name;
    private long number;
    private long line;

    RowFile(Path path, Rows rows, Taker taker) {
        this.path = path;
        this.rows = rows;
        this.taker = taker;
        this.name = path.getFileName().toString();
    }

    /** @throws ImportRefused when it is not what it should be */
    void csv() throws IOException {
        packed(".csv", this::csv);
    }

    void jsonLines() throws IOException {
        packed("json", this::jsonLines);
    }

    void lines() throws IOException {
        packed(".log", this::lines);
    }

    void table(ForeignTables tables, String sql, List<String> parameters) throws IOException {
        try {
            tables.each(path, sql, parameters, cells -> {
                line++;
                take(cells::get);
            });
        } catch (Enough e) {
            // whoever takes them has enough
        }
    }

    /** Reads a stream to its end. */
    @FunctionalInterface
    private interface Whole {
        void read(Reader text) throws IOException;
    }

    private void packed(String ending, Whole whole) throws IOException {
        try {
            PackedFile.each(path, ending, (member, in) -> {
                name = member;
                line = 0;
                whole.read(PackedFile.text(in));
            });
        } catch (Enough e) {
            // whoever takes them has enough
        } catch (UncheckedIOException e) {
            throw refusal(e.getCause());
        } catch (ImportRefused e) {
            throw e;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private IOException refusal(IOException e) {
        if (e instanceof CharacterCodingException) {
            return new ImportRefused(name, line + 1, "not UTF-8, or what follows is not");
        }
        if (e instanceof EOFException || e instanceof ZipException) {
            return new ImportRefused(name, line, "it is cut off or damaged behind this line");
        }
        return e;
    }

    private void csv(Reader text) throws IOException {
        Map<String, Integer> columns = null;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(text)) {
            for (CsvRecord csv : reader) {
                line = csv.getStartingLineNumber();
                if (columns == null) {
                    columns = head(csv.getFields());
                    continue;
                }
                if (csv.getFieldCount() != columns.size()) {
                    bad("has " + csv.getFieldCount() + " columns, and the head " + columns.size());
                }
                Map<String, Integer> of = columns;
                take(column -> of.containsKey(column) ? csv.getField(of.get(column)) : null);
            }
        } catch (CsvParseException e) {
            if (e.getCause() instanceof IOException cause) {
                throw refusal(cause);
            }
            bad("not CSV: a quote that does not end, or a cell of more than a million characters");
        }
        if (columns == null) {
            bad("it is empty");
        }
    }

    private Map<String, Integer> head(List<String> names) throws IOException {
        Map<String, Integer> columns = new HashMap<>();
        for (String column : names) {
            String key = column.strip().toLowerCase(Locale.ROOT);
            columns.put(columns.containsKey(key) ? key + "#" + columns.size() : key, columns.size());
        }
        columns(columns.keySet());
        return columns;
    }

    private void columns(Set<String> names) throws IOException {
        for (String needed : rows.needs()) {
            if (!names.contains(needed)) {
                bad("there is no column " + needed + ", so it is another kind of file");
            }
        }
        try {
            rows.columns(new TreeSet<>(names));
        } catch (BadRow e) {
            bad(e.getMessage());
        }
    }

    private void jsonLines(Reader text) throws IOException {
        for (BufferedReader in = new BufferedReader(text); ; ) {
            String one = next(in);
            if (one == null) {
                return;
            }
            if (one.isBlank()) {
                continue;
            }
            Map<String, Object> tree = object(one);
            if (number == 0) {
                columns(tree.keySet());
            }
            take(column -> cell(tree, column));
        }
    }

    private String next(BufferedReader in) throws IOException {
        String one = in.readLine();
        line++;
        if (one != null && one.length() > LONGEST_LINE) {
            bad("longer than a million characters");
        }
        return one;
    }

    private Map<String, Object> object(String text) throws IOException {
        try {
            return Json.object(text.getBytes(StandardCharsets.UTF_8), DEEPEST);
        } catch (MalformedJson e) {
            bad(e.getMessage());
            return Map.of();
        }
    }

    /** By a path of names with dots between them. */
    private static Object cell(Map<?, ?> tree, String column) {
        int dot = column.indexOf('.');
        if (dot < 0) {
            return tree.get(column);
        }
        return tree.get(column.substring(0, dot)) instanceof Map<?, ?> inner
                ? cell(inner, column.substring(dot + 1))
                : null;
    }

    private void lines(Reader text) throws IOException {
        BufferedReader in = new BufferedReader(text);
        for (String one = next(in); one != null; one = next(in)) {
            String of = one;
            take(column -> of);
        }
    }

    private void take(java.util.function.Function<String, Object> cells) throws IOException {
        number++;
        if (!taker.take(name, new Row(number, line, cells))) {
            throw new Enough();
        }
    }

    private void bad(String reason) throws IOException {
        throw new ImportRefused(name, line, reason);
    }
}
