package io.millrace.web;

/**
 * One file of the dashboard. Immutable: the array is shared and must not be written to.
 *
 * @param path where it is served, begins with {@code /}
 * @param use how it is served
 * @param name its plain name; the ending tells the content type
 * @param bytes what it says
 */
public record DashboardFile(String path, Use use, String name, byte[] bytes) {

    /** How a file is served. */
    public enum Use {
        /** A page under exactly this path, to be asked for again each time. */
        PAGE,
        /** A page under every path with this beginning: it reads the rest itself. */
        PAGES,
        /** Under a path that changes with its content: may be kept for ever. */
        IMMUTABLE
    }

    @Override
    public String toString() {
        return path + " (" + bytes.length + " bytes)";
    }
}
