package io.millrace.server.internal.command;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.zip.ZipException;

/** What went wrong, in one line for people. */
public final class Problem {
    private Problem() {}

    public static String of(Throwable e) {
        boolean wrapper = e instanceof UncheckedIOException || e instanceof CompletionException;
        if (wrapper && e.getCause() != null) {
            return of(e.getCause());
        }
        if (e instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        if (e instanceof EOFException || e instanceof ZipException) {
            return "it is cut off or damaged";
        }
        String message = e.getMessage();
        String line =
                message == null ? e.toString() : message.lines().findFirst().orElse(e.toString());
        return isPortInUse(e) ? line + "; --port (or --admin-port) takes another, 0 any free one" : line;
    }

    private static boolean isPortInUse(Throwable e) {
        boolean in = e instanceof BindException
                && e.getMessage() != null
                && e.getMessage().contains("in use");
        return in || e.getCause() != null && isPortInUse(e.getCause());
    }

    private static String reason(FileSystemException e) {
        if (e.getReason() != null) {
            return e.getReason();
        }
        if (e instanceof NoSuchFileException) {
            return "no such file, or not to be read";
        }
        if (e instanceof AccessDeniedException) {
            return "not allowed";
        }
        return e instanceof FileAlreadyExistsException ? "is in the way" : e.toString();
    }
}
