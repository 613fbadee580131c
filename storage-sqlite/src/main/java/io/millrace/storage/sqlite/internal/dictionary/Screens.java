package io.millrace.storage.sqlite.internal.dictionary;

/** How sizes of screens are kept: {@code 1920x1080}. */
public final class Screens {
    private Screens() {}

    public static String text(int width, int height) {
        return width <= 0 ? null : width + "x" + height;
    }

    public static int width(String text) {
        return text == null ? 0 : Integer.parseInt(text.substring(0, text.indexOf('x')));
    }

    public static int height(String text) {
        return text == null ? 0 : Integer.parseInt(text.substring(text.indexOf('x') + 1));
    }
}
