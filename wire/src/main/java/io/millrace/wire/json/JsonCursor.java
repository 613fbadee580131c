package io.millrace.wire.json;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.ParsingException;
import io.millrace.engine.spi.Fixed;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * A strict cursor over one JSON text. It stands on a token: the first byte of the next value, or what follows one. The
 * text is scanned before the parser sees it, and must end with its one value. Not thread-safe; reusable.
 */
public final class JsonCursor {
    /** What stands behind the text's last byte. */
    public static final byte END = 0;

    /** What {@link #integer} answers for any other number. */
    public static final long NOT_WHOLE = Long.MIN_VALUE;

    private static final byte[] NOTHING = {};
    private static final int MAX_DIGITS = 18;
    private static final DslJson<Object> PARSER = new DslJson<>();

    private final JsonReader<Object> reader = PARSER.newReader(NOTHING);

    @Fixed("the body that was read last")
    private byte[] bytes = NOTHING;

    private byte token;

    /** A cursor over nothing: open it. */
    public JsonCursor() {}

    /** Begins with the first {@code length} bytes; stands on the first token. */
    public void open(byte[] text, int length, int maxDepth) throws MalformedJson {
        bytes = text;
        reader.process(text, JsonScan.check(text, length, maxDepth));
        int begin = JsonScan.begin(text, length);
        if (reader.length() <= begin) {
            throw new MalformedJson("empty");
        }
        skipBytes(begin);
        advance();
    }

    private void skipBytes(int count) throws MalformedJson {
        try {
            for (int i = 0; i < count; i++) {
                reader.read();
            }
        } catch (IOException e) {
            throw syntax(e);
        }
    }

    public boolean at(char expected) {
        return token == expected;
    }

    /** Whether a number begins here. */
    public boolean atNumber() {
        return token == '-' || token >= '0' && token <= '9';
    }

    /** Steps over the opening bracket of an object or array; answers whether it has a member. */
    public boolean enter(char close) throws MalformedJson {
        advance();
        return !leave(close);
    }

    /** Behind a member: steps over the comma, or over the closing bracket; answers whether there is another member. */
    public boolean next(char close) throws MalformedJson {
        if (leave(close)) {
            return false;
        }
        expect(',');
        return true;
    }

    private boolean leave(char close) throws MalformedJson {
        if (token != close) {
            return false;
        }
        advance();
        return true;
    }

    /** Reads a member's name; stands on its value. */
    public <E extends Enum<E>> E name(JsonNames<E> names) throws MalformedJson {
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
    public String name() throws MalformedJson {
        String name = string();
        expect(':');
        return name;
    }

    /** Reads a string. */
    public String string() throws MalformedJson {
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
    public String number() throws MalformedJson {
        reader.scanNumber();
        return number(reader.getTokenStart(), reader.getCurrentIndex());
    }

    private String number(int from, int to) throws MalformedJson {
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).strip();
        if (!JsonNumbers.isNumber(text)) {
            throw unexpected();
        }
        advance();
        return text;
    }

    /**
     * Reads a number: its value when it is whole, as {@code 1.0} and {@code 1e3} are, and has at most 18 digits, else
     * {@link #NOT_WHOLE}.
     *
     * @param rounding of what is not whole: {@link RoundingMode#UNNECESSARY} refuses it
     */
    public long integer(RoundingMode rounding) throws MalformedJson {
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
            Long whole = JsonNumbers.toLong(number(from, to), rounding);
            return whole == null ? NOT_WHOLE : whole;
        }
        advance();
        return first == from ? value : -value;
    }

    /** Reads {@code null} if it stands here. */
    public boolean nothing() throws MalformedJson {
        if (token != 'n') {
            return false;
        }
        literal();
        return true;
    }

    /** Reads {@code true}, {@code false} or {@code null}; answers its first letter. */
    public byte literal() throws MalformedJson {
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
    public void skip() throws MalformedJson {
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
    public void end() throws MalformedJson {
        if (token != END) {
            throw unexpected();
        }
    }

    private void expect(char expected) throws MalformedJson {
        if (token != expected) {
            throw unexpected();
        }
        advance();
    }

    private void advance() throws MalformedJson {
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

    private MalformedJson unexpected() {
        return new MalformedJson(
                token == END ? "ends too early" : "not JSON at byte " + (reader.getCurrentIndex() - 1));
    }

    /** The parser's own words repeat what the client sent, so they go no further. */
    private MalformedJson syntax(IOException cause) {
        return new MalformedJson("not JSON at byte " + reader.getCurrentIndex());
    }
}
