package io.millrace.server.internal.notify;

import com.google.common.html.HtmlEscapers;

/** Texts as they may stand in a page. */
final class Html {
    private Html() {}

    static String escape(String text) {
        return HtmlEscapers.htmlEscaper().escape(text);
    }
}
