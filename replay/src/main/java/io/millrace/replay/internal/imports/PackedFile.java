package io.millrace.replay.internal.imports;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What a file holds, plain, gzip, or the members of a zip file that have an ending. Stateless. */
final class PackedFile {
    private static final int MAGIC = 4;

    private PackedFile() {}

    /** Is given what a file or a member of it holds. */
    @FunctionalInterface
    interface Content {
        void read(String name, InputStream in) throws IOException;
    }

    static void each(Path file, String ending, Content content) throws IOException {
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 64 << 10)) {
            in.mark(MAGIC);
            byte[] magic = in.readNBytes(MAGIC);
            in.reset();
            String name = file.getFileName().toString();
            if (begins(magic, 0x1f, 0x8b)) {
                content.read(name, new GZIPInputStream(in, 64 << 10));
            } else if (begins(magic, 'P', 'K', 3, 4)) {
                ZipInputStream zip = new ZipInputStream(in);
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (!entry.isDirectory()
                            && entry.getName().endsWith(ending)
                            && !entry.getName().startsWith("__MACOSX")) {
                        content.read(name + "!" + entry.getName(), unclosed(zip));
                    }
                }
            } else {
                content.read(name, in);
            }
        }
    }

    /** What reads one member does not close the others. */
    private static InputStream unclosed(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] to, int from, int length) throws IOException {
                return in.read(to, from, length);
            }

            @Override
            public void close() {
                // the next member comes
            }
        };
    }

    private static boolean begins(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }

    /** As text: UTF-8, or UTF-16 with its mark. What is neither ends with a {@link java.nio.charset.CharacterCodingException}. */
    static Reader text(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 64 << 10);
        in.mark(MAGIC);
        byte[] magic = in.readNBytes(3);
        in.reset();
        Charset charset = StandardCharsets.UTF_8;
        if (begins(magic, 0xef, 0xbb, 0xbf)) {
            in.skipNBytes(3);
        } else if (begins(magic, 0xff, 0xfe) || begins(magic, 0xfe, 0xff)) {
            charset = StandardCharsets.UTF_16;
        }
        return new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }
}
