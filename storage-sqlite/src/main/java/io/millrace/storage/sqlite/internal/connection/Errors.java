package io.millrace.storage.sqlite.internal.connection;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Tells from a SQLite result code what the engine should do about it. */
public final class Errors {
    private Errors() {}

    /** The storage's exception for any other. */
    public static StorageException of(String doing, Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof StorageException known) {
                return known;
            }
        }
        SQLException sql = sqlException(cause);
        if (sql == null) {
            return new StorageException(Kind.CONTENT, doing + ": " + cause, cause);
        }
        return new StorageException(kind(sql), doing + ": " + words(sql), cause);
    }

    /** Whether a foreign writer has the lock. */
    static boolean busy(Throwable t) {
        SQLException sql = sqlException(t);
        return sql != null && (code(sql) == SQLiteErrorCode.SQLITE_BUSY || code(sql) == SQLiteErrorCode.SQLITE_LOCKED);
    }

    /** What failed because it was stopped. */
    static SQLException stopped(Throwable cause) {
        return new SQLException("stopped", null, SQLiteErrorCode.SQLITE_INTERRUPT.code, cause);
    }

    /** Whether it was stopped. */
    static boolean interrupted(Throwable t) {
        SQLException sql = sqlException(t);
        return sql != null && code(sql) == SQLiteErrorCode.SQLITE_INTERRUPT;
    }

    /** Whether the connection cannot be trusted any more. */
    static boolean broken(Throwable t) {
        SQLException sql = sqlException(t);
        if (sql == null) {
            return false;
        }
        return switch (code(sql)) {
            case SQLITE_IOERR, SQLITE_FULL, SQLITE_NOMEM, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_ABORT -> true;
            default -> sql.getErrorCode() == 0;
        };
    }

    static SQLException sqlException(Throwable t) {
        for (Throwable at = t; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static SQLiteErrorCode code(SQLException e) {
        return SQLiteErrorCode.getErrorCode(
                e.getErrorCode() & 0xff); // extended codes keep the primary one in the low byte
    }

    private static Kind kind(SQLException e) {
        return switch (code(e)) {
            case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE -> Kind.CONTENT;
            case SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_FULL,
                    SQLITE_IOERR,
                    SQLITE_NOMEM,
                    SQLITE_INTERRUPT,
                    SQLITE_PROTOCOL,
                    SQLITE_ABORT,
                    SQLITE_CANTOPEN -> Kind.RETRY;
            default -> Kind.FATAL;
        };
    }

    private static String words(SQLException e) {
        return switch (code(e)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> "another program holds the database's lock";
            case SQLITE_FULL -> "the disk is full";
            case SQLITE_READONLY -> "the database is read-only";
            case SQLITE_CORRUPT -> "the database file is damaged";
            case SQLITE_NOTADB -> "not a SQLite database";
            case SQLITE_INTERRUPT ->
                "it took too long, or kept the write-ahead log from being emptied, and was stopped";
            default -> String.valueOf(e.getMessage());
        };
    }
}
