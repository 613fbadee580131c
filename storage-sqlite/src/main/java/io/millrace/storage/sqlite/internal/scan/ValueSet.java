package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Condition;
import io.millrace.engine.Filter;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.sql.Columns;
import io.millrace.storage.sqlite.internal.sql.FilterSql;
import io.millrace.storage.sqlite.internal.sql.Sql;
import java.sql.SQLException;
import java.util.BitSet;

/**
 * The numbers that a filter selects, as they stand in a column of a segment. Immutable.
 *
 * @param numbers those that one of its patterns matches
 * @param negated whether it is the others that are selected
 */
public record ValueSet(BitSet numbers, boolean negated) {

    /** Of texts. */
    public static ValueSet ofTexts(StatementCache sql, Filter filter) throws SQLException {
        return new ValueSet(read(sql, FilterSql.numbers(filter)), filter.negated());
    }

    /** Of the tuples that have such a text. */
    static ValueSet ofTuples(StatementCache sql, Filter filter, Columns.Column column) throws SQLException {
        Sql tuples = new Sql()
                .add("SELECT id FROM " + column.table() + " WHERE " + column.name() + " IN (")
                .add(FilterSql.numbers(filter))
                .add(")");
        return new ValueSet(read(sql, tuples), filter.negated());
    }

    /** Of a condition: 1 where it holds, else 0. */
    static ValueSet ofCondition(Filter filter) {
        BitSet numbers = new BitSet();
        numbers.set(0, filter.positive().test(null));
        numbers.set(1, filter.positive().test(Condition.YES));
        return new ValueSet(numbers, filter.negated());
    }

    private static BitSet read(StatementCache sql, Sql select) throws SQLException {
        BitSet numbers = new BitSet();
        select.each(sql, row -> numbers.set(row.getInt(1)));
        return numbers;
    }

    /** Whether one of the patterns matches, whatever is selected then. */
    boolean matches(int number) {
        return numbers.get(number);
    }

    public boolean selects(int number) {
        return numbers.get(number) != negated;
    }
}
