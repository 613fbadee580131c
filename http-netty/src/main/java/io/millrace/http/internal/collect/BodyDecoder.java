package io.millrace.http.internal.collect;

import io.millrace.engine.spi.Fixed;
import io.millrace.http.internal.message.Request;
import io.millrace.wire.FieldError;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks bodies that came compressed, up to a limit, one gzip member (RFC 1952) after the other. Belongs to one event
 * loop, and keeps what it needs for it: nothing is made for a body.
 */
final class BodyDecoder {
    private static final int MAX_UNPACKED = 256 << 10;

    /** More than programs that append to a file make of one body; each may be empty. */
    private static final int MAX_MEMBERS = 16;

    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final CRC32 checksum = new CRC32();
    private Inflater inflater;

    @Fixed("as long as a body may be")
    private byte[] unpacked = {};

    /** Whether the body is in an encoding that can be unpacked. */
    static boolean readable(Request request) {
        String encoding = request.header("content-encoding");
        return encoding == null || encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("identity");
    }

    /** Puts the plain body in place of the compressed one; answers what is wrong with it, or null. */
    FieldError unpack(Request request) {
        if (!"gzip".equalsIgnoreCase(request.header("content-encoding"))) {
            return null;
        }
        if (inflater == null) {
            inflater = new Inflater(true);
            unpacked = new byte[MAX_UNPACKED + 1];
        }
        try {
            int length = members(request.body(), request.length());
            if (length > MAX_UNPACKED) {
                return new FieldError(FieldError.TOO_LARGE, "unpacks to more than " + MAX_UNPACKED + " bytes", null);
            }
            request.body(unpacked, length);
            return null;
        } catch (DataFormatException e) {
            return FieldError.malformed("not gzip");
        }
    }

    private int members(byte[] packed, int end) throws DataFormatException {
        int at = 0;
        int length = 0;
        int members = 0;
        do {
            check(++members <= MAX_MEMBERS);
            at = header(packed, at, end);
            inflater.reset();
            inflater.setInput(packed, at, end - at);
            int from = length;
            length = inflate(length);
            if (length > MAX_UNPACKED) {
                return length;
            }
            at = trailer(packed, end - inflater.getRemaining(), end, from, length);
        } while (at < end);
        return length;
    }

    private int inflate(int from) throws DataFormatException {
        int length = from;
        while (!inflater.finished() && length <= MAX_UNPACKED) {
            int count = inflater.inflate(unpacked, length, unpacked.length - length);
            check(count > 0 || inflater.finished());
            length += count;
        }
        return length;
    }

    /** Answers where the compressed bytes begin. */
    private static int header(byte[] packed, int from, int end) throws DataFormatException {
        check(end - from > HEADER && packed[from] == 0x1F && packed[from + 1] == (byte) 0x8B && packed[from + 2] == 8);
        int flags = packed[from + 3];
        check((flags & RESERVED) == 0);
        int at = from + HEADER;
        if ((flags & HAS_EXTRA) != 0) {
            check(end - at > 2);
            at += 2 + (packed[at] & 0xFF | (packed[at + 1] & 0xFF) << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            at = text(packed, at, end);
        }
        if ((flags & HAS_COMMENT) != 0) {
            at = text(packed, at, end);
        }
        if ((flags & HAS_CHECKSUM) != 0) {
            at += 2;
        }
        check(at < end);
        return at;
    }

    /** Answers where a text ends that a zero ends. */
    private static int text(byte[] packed, int from, int end) throws DataFormatException {
        int at = from;
        while (at < end && packed[at] != 0) {
            at++;
        }
        check(at < end);
        return at + 1;
    }

    /** Compares what was unpacked with its checksum and length; answers where the member ends. */
    private int trailer(byte[] packed, int at, int end, int from, int to) throws DataFormatException {
        check(end - at >= TRAILER);
        checksum.reset();
        checksum.update(unpacked, from, to - from);
        check(number(packed, at) == (int) checksum.getValue() && number(packed, at + 4) == to - from);
        return at + TRAILER;
    }

    private static int number(byte[] packed, int at) {
        return packed[at] & 0xFF | (packed[at + 1] & 0xFF) << 8 | (packed[at + 2] & 0xFF) << 16 | packed[at + 3] << 24;
    }

    private static void check(boolean right) throws DataFormatException {
        if (!right) {
            throw new DataFormatException();
        }
    }
}
