package io.millrace.http.internal.collect;

import io.millrace.http.internal.message.Request;
import io.millrace.wire.FieldError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks bodies that came compressed, up to a limit. Belongs to one event loop. */
final class BodyDecoder {
    private static final int MAX_UNPACKED = 256 << 10;

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
        if (unpacked.length == 0) {
            unpacked = new byte[MAX_UNPACKED + 1];
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(request.body(), 0, request.length()))) {
            int length = in.readNBytes(unpacked, 0, unpacked.length);
            if (length > MAX_UNPACKED) {
                return new FieldError(FieldError.TOO_LARGE, "unpacks to more than " + MAX_UNPACKED + " bytes", null);
            }
            request.body(unpacked, length);
            return null;
        } catch (IOException e) {
            return FieldError.malformed("not gzip");
        }
    }
}
