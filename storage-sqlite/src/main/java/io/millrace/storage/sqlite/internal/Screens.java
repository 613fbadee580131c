package io.millrace.storage.sqlite.internal;

/** How sizes of screens are kept: {@code 1920x1080}. */
final class Screens {
    private Screens() {}

    static String text(int width, int height) {
        return width <= 0 ? null : width + "x" + height;
    }

    static int width(String text) {
        return text == null ? 0 : Integer.parseInt(text.substring(0, text.indexOf('x')));
    }

    static int height(String text) {
        return text == null ? 0 : Integer.parseInt(text.substring(text.indexOf('x') + 1));
    }
}
