package io.millrace.wire.json;

/**
 * The first look at a body, one pass over its bytes before any parser sees it: nesting depth, control characters within
 * strings, and strict UTF-8. What passes cannot overflow a recursive parser's stack.
 */
final class JsonScan {
    private JsonScan() {}

    /**
     * Checks the first {@code length} bytes.
     *
     * @return the length without trailing white space
     */
    static int check(byte[] bytes, int length, int maxDepth) throws MalformedJson {
        int depth = 0;
        int i = begin(bytes, length);
        while (i < length) {
            switch (bytes[i]) {
                case '"' -> i = string(bytes, i + 1, length);
                case '{', '[' -> {
                    if (++depth > maxDepth) {
                        throw new MalformedJson("nested deeper than " + maxDepth + " at byte " + i);
                    }
                }
                case '}', ']' -> depth--;
                default -> {
                    if (bytes[i] < 0) {
                        throw new MalformedJson("not JSON at byte " + i);
                    }
                }
            }
            i++;
        }
        return trimmed(bytes, length);
    }

    /** Where the text begins: behind the mark of UTF-8, which some programs write. */
    static int begin(byte[] bytes, int length) {
        boolean marked = length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    private static int trimmed(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && white(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean white(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Walks a string from behind its opening quote; answers where its closing quote is. */
    private static int string(byte[] bytes, int from, int length) throws MalformedJson {
        int i = from;
        while (i < length) {
            byte b = bytes[i];
            if (b == '"') {
                return i;
            }
            if (b >= 0 && b < 0x20) {
                throw new MalformedJson("control character in a string at byte " + i);
            }
            i = b == '\\' ? i + 2 : b >= 0 ? i + 1 : sequence(bytes, i, length);
        }
        throw new MalformedJson("string without end");
    }

    /** Checks one multi-byte UTF-8 sequence; answers where the next one begins. */
    private static int sequence(byte[] bytes, int at, int length) throws MalformedJson {
        int first = bytes[at] & 0xFF;
        int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        int code = first & (0x3F >> more);
        int i = at + 1;
        for (int left = more; left > 0; left--, i++) {
            int b = i < length ? bytes[i] : 0;
            if ((b & 0xC0) != 0x80) {
                throw new MalformedJson("not UTF-8 at byte " + at);
            }
            code = code << 6 | b & 0x3F;
        }
        int least = more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80;
        if (first < 0xC2 || first > 0xF4 || code < least || code > 0x10FFFF || code >= 0xD800 && code <= 0xDFFF) {
            throw new MalformedJson("not UTF-8 at byte " + at);
        }
        return i;
    }
}
