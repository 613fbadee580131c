package io.millrace.wire;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.ParsingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A strict cursor over one JSON text. It stands on a token: the first byte of the next value, or what follows one. The
 * text is scanned before the parser sees it, and must end with its one value. Not thread-safe; reusable.
 */
final class Json {
    /** What stands behind the text's last byte. */
    static final byte END = 0;

    /** What {@link #integer()} answers for any other number. */
    static final long NOT_WHOLE = Long.MIN_VALUE;

    private static final byte[] NOTHING = {};
    private static final int MAX_DIGITS = 18;
    private static final DslJson<Object> PARSER = new DslJson<>();

    private final JsonReader<Object> reader = PARSER.newReader(NOTHING);
    private byte[] bytes = NOTHING;
    private byte token;

    /** Begins with the first {@code length} bytes; stands on the first token. */
    void open(byte[] text, int length, int maxDepth) throws Malformed {
        bytes = text;
        reader.process(text, Scan.check(text, length, maxDepth));
        if (reader.length() == 0) {
            throw new Malformed("empty");
        }
        advance();
    }

    byte token() {
        return token;
    }

    boolean at(char expected) {
        return token == expected;
    }

    /** Whether a number begins here. */
    boolean atNumber() {
        return token == '-' || token >= '0' && token <= '9';
    }

    /** Steps over the opening bracket of an object or array; answers whether it has a member. */
    boolean enter(char close) throws Malformed {
        advance();
        return !leave(close);
    }

    /** Behind a member: steps over the comma, or over the closing bracket; answers whether there is another member. */
    boolean next(char close) throws Malformed {
        if (leave(close)) {
            return false;
        }
        expect(',');
        return true;
    }

    private boolean leave(char close) throws Malformed {
        if (token != close) {
            return false;
        }
        advance();
        return true;
    }

    /** Reads a member's name; stands on its value. */
    <E extends Enum<E>> E name(Names<E> names) throws Malformed {
        if (token != '"') {
            throw unexpected();
        }
        try {
            reader.calcHash();
        } catch (IOException e) {
            throw syntax(e);
        }
        E found = names.find(reader);
        advance();
        expect(':');
        return found;
    }

    /** Reads a member's name as it stands; stands on its value. */
    String name() throws Malformed {
        String name = string();
        expect(':');
        return name;
    }

    /** Reads a string. */
    String string() throws Malformed {
        if (token != '"') {
            throw unexpected();
        }
        try {
            String value = reader.readString();
            advance();
            return value;
        } catch (IOException e) {
            throw syntax(e);
        }
    }

    /** Reads a number as it is written. */
    String number() throws Malformed {
        reader.scanNumber();
        return number(reader.getTokenStart(), reader.getCurrentIndex());
    }

    private String number(int from, int to) throws Malformed {
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).strip();
        if (!Numbers.isNumber(text)) {
            throw unexpected();
        }
        advance();
        return text;
    }

    /** Reads a number: its value when it is whole and has at most 18 digits, else {@link #NOT_WHOLE}. */
    long integer() throws Malformed {
        reader.scanNumber();
        int from = reader.getTokenStart();
        int to = reader.getCurrentIndex();
        int first = bytes[from] == '-' ? from + 1 : from;
        int i = first;
        long value = 0;
        while (i < to && i - first < MAX_DIGITS && bytes[i] >= '0' && bytes[i] <= '9') {
            value = value * 10 + bytes[i++] - '0';
        }
        if (i < to || i == first || bytes[first] == '0' && i > first + 1) {
            Long spaced = Numbers.toLong(number(from, to));
            return spaced == null ? NOT_WHOLE : spaced;
        }
        advance();
        return first == from ? value : -value;
    }

    /** Reads {@code null} if it stands here. */
    boolean nothing() throws Malformed {
        if (token != 'n') {
            return false;
        }
        literal();
        return true;
    }

    /** Reads {@code true}, {@code false} or {@code null}; answers its first letter. */
    byte literal() throws Malformed {
        byte first = token;
        try {
            if (!(reader.wasTrue() || reader.wasFalse() || reader.wasNull())) {
                throw unexpected();
            }
        } catch (ParsingException e) {
            throw syntax(e);
        }
        advance();
        return first;
    }

    /** Steps over one value of any kind. */
    void skip() throws Malformed {
        if (token == '"') {
            string();
        } else if (token == '{') {
            for (boolean more = enter('}'); more; more = next('}')) {
                name();
                skip();
            }
        } else if (token == '[') {
            for (boolean more = enter(']'); more; more = next(']')) {
                skip();
            }
        } else if (atNumber()) {
            number();
        } else {
            literal();
        }
    }

    /** Nothing may follow. */
    void end() throws Malformed {
        if (token != END) {
            throw unexpected();
        }
    }

    private void expect(char expected) throws Malformed {
        if (token != expected) {
            throw unexpected();
        }
        advance();
    }

    private void advance() throws Malformed {
        if (reader.getCurrentIndex() == reader.length()) {
            token = END;
            return;
        }
        try {
            token = reader.getNextToken();
        } catch (IOException e) {
            throw syntax(e);
        }
    }

    private Malformed unexpected() {
        return new Malformed(token == END ? "ends too early" : "not JSON at byte " + (reader.getCurrentIndex() - 1));
    }

    /** The parser's own words repeat what the client sent, so they go no further. */
    private Malformed syntax(IOException cause) {
        return new Malformed("not JSON at byte " + reader.getCurrentIndex());
    }
}
