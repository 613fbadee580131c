package io.millrace.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of the dashboard as a server hands them out. Thread-safe; files are read once and never change.
 *
 * <p>One page of HTML answers every path that a person may open; what it loads lies in one directory that is named after
 * the content of all files, so that imports stay relative and nothing old is ever mixed with something new.
 */
public final class DashboardFiles {
    private static final int HASH_DIGITS = 16;
    private static final List<String> PAGES = List.of("/", "/login", "/setup", "/settings", "/health");
    private static final List<String> PAGE_PREFIXES = List.of("/setup/", "/sites/", "/share/");
    private static final List<DashboardFile> FILES = gather();

    private DashboardFiles() {}

    /** All files, pages first. */
    public static List<DashboardFile> files() {
        return FILES;
    }

    private static List<DashboardFile> gather() {
        Map<String, byte[]> parts = new TreeMap<>();
        for (String name : text(read("files.txt")).split("\n")) {
            parts.put(name, read("app/" + name));
        }
        byte[] template = parts.remove("index.html");
        String base = "/app/" + hash(parts.values());
        byte[] page = page(text(template), base);
        List<DashboardFile> files = new ArrayList<>();
        PAGES.forEach(path -> files.add(new DashboardFile(path, DashboardFile.Use.PAGE, "index.html", page)));
        PAGE_PREFIXES.forEach(path -> files.add(new DashboardFile(path, DashboardFile.Use.PAGES, "index.html", page)));
        files.add(new DashboardFile("/favicon.ico", DashboardFile.Use.PAGE, "icon.svg", parts.get("icon.svg")));
        parts.forEach((name, bytes) ->
                files.add(new DashboardFile(base + "/" + name, DashboardFile.Use.IMMUTABLE, name, bytes)));
        return List.copyOf(files);
    }

    private static byte[] page(String template, String base) {
        return template.replace("{{base}}", base).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] read(String name) {
        try (InputStream in = DashboardFiles.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Collection<byte[]> parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            parts.forEach(sha::update);
            return HexFormat.of().formatHex(sha.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
