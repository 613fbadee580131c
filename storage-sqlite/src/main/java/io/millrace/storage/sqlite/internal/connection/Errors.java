package io.millrace.storage.sqlite.internal.connection;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import java.sql.SQLException;

/** Tells from a SQLite result code what the engine should do about it. */
public final class Errors {
    private static final int PERM = 3;
    private static final int ABORT = 4;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int NOMEM = 7;
    private static final int READONLY = 8;
    private static final int INTERRUPT = 9;
    private static final int IOERR = 10;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int PROTOCOL = 15;
    private static final int TOOBIG = 18;
    private static final int CONSTRAINT = 19;
    private static final int MISMATCH = 20;
    private static final int RANGE = 25;
    private static final int NOTADB = 26;

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
        return sql != null && (code(sql) == BUSY || code(sql) == LOCKED);
    }

    /** What failed because it was stopped. */
    static SQLException stopped(Throwable cause) {
        return new SQLException("stopped", null, INTERRUPT, cause);
    }

    /** Whether it was stopped. */
    static boolean interrupted(Throwable t) {
        SQLException sql = sqlException(t);
        return sql != null && code(sql) == INTERRUPT;
    }

    /** Whether the connection cannot be trusted any more. */
    static boolean broken(Throwable t) {
        SQLException sql = sqlException(t);
        if (sql == null) {
            return false;
        }
        return switch (code(sql)) {
            case IOERR, FULL, NOMEM, CANTOPEN, PROTOCOL, ABORT -> true;
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

    private static int code(SQLException e) {
        return e.getErrorCode() & 0xff; // extended codes keep the primary one in the low byte
    }

    private static Kind kind(SQLException e) {
        return switch (code(e)) {
            case CONSTRAINT, TOOBIG, MISMATCH, RANGE -> Kind.CONTENT;
            case BUSY, LOCKED, FULL, IOERR, NOMEM, INTERRUPT, PROTOCOL, ABORT, CANTOPEN -> Kind.RETRY;
            case CORRUPT, NOTADB, READONLY, PERM -> Kind.FATAL;
            default -> Kind.FATAL;
        };
    }

    private static String words(SQLException e) {
        return switch (code(e)) {
            case BUSY, LOCKED -> "another program holds the database's lock";
            case FULL -> "the disk is full";
            case READONLY -> "the database is read-only";
            case CORRUPT -> "the database file is damaged";
            case NOTADB -> "not a SQLite database";
            case INTERRUPT -> "it took too long, or kept the write-ahead log from being emptied, and was stopped";
            default -> String.valueOf(e.getMessage());
        };
    }
}
