package io.millrace.http.internal.connection;

import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.HttpSettings.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * A connection's side that writes: answers leave in the order of their requests, whenever they become ready and the client
 * reads; what it has not read is counted. Belongs to its event loop.
 */
final class AnswerWriter {
    /** Who reads, has read by then what waited for him. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final int HEAD_ROOM = 512;
    private static final int COPY_UP_TO = 4096;
    private static final int HAND_OVER_AT = 16 << 10;

    /** Bytes of an answer that are handed over at once. */
    private static final int PIECE = 32 << 10;

    /** The same while much is unread by others: who reads gets on by it, and who does not takes little. */
    private static final int SMALL_PIECE = 2 << 10;

    /** Bytes of answers that wait for their turn, from which on no further request is read: it would only wait behind them. */
    private static final int READY = 32 << 10;

    /** Bytes that who is not to be cut off reads in {@link Limits#requestTime()}. */
    private static final int PROGRESS = 64 << 10;

    /** Of the kernel for who has not read yet: it is copied full for each connection that asks for a file and never reads. */
    static final int SEND_BUFFER = 32 << 10;

    /** Of the kernel while many have not read. */
    private static final int LEAST_SEND_BUFFER = 4 << 10;

    /** Of the kernel for who reads: left alone it would grow to megabytes, and hide whether he does. */
    private static final int MOST_SEND_BUFFER = 256 << 10;

    /** What it tells its connection. */
    interface Owner {
        /** Has its answers looked at with the next ones that are written. */
        void touch();

        /** Has its answers looked at when others have been read. */
        void goOnLater();

        /** It has answers for which there is no room now. */
        void stalled();

        /** Gives back the memory of a request that needs it no more. */
        void freeRequest(long bytes);

        /** An answer has been written; if it is the last, the client may still be sending. */
        void lingers(boolean sending);

        /** Answers have been written, perhaps all. */
        void wrote(boolean all);

        /** The last answer has been written, unless it goes on. */
        void lastWritten(boolean goesOn);
    }

    private final Owner owner;
    private final LoopState loop;
    private final Limits limits;
    private final AccessLog log;

    @Fixed("128 requests at most")
    private final ArrayDeque<Exchange> queue = new ArrayDeque<>();

    private Channel channel;
    private MemoryBudget.Share unsent;
    private boolean stalled;
    private boolean watched;
    private int sendBuffer = SEND_BUFFER;
    private boolean began;
    private boolean ended;
    private boolean reads;
    private boolean written;
    private Exchange sending;

    @Bounded("http_unfinished")
    private byte[] content = NOTHING;

    private int sent;
    private Exchange streaming;
    private long ready;
    private long turn;
    private long pending;
    private long passed;
    private long writeBy;

    AnswerWriter(Owner owner, LoopState loop, Limits limits, AccessLog log) {
        this.owner = owner;
        this.loop = loop;
        this.limits = limits;
        this.log = log;
    }

    /** A connection has been opened whose unread answers count as this share's. */
    void to(Channel client, MemoryBudget.Share share) {
        channel = client;
        unsent = share;
    }

    /** Whether a further request may come: not while too many wait for answers, or answers for the client. */
    boolean takes() {
        return queue.size() < limits.pipelined()
                && ready < READY
                && sending == null
                && pending == 0
                && channel.isWritable();
    }

    /** Takes a request's place in the order of answers. */
    void enqueue(Exchange exchange) {
        reads |= ended && isQuiet(); // who asks again when he has been answered has read it
        queue.add(exchange);
    }

    /** Whether an answer has still to be written. */
    boolean holds(Exchange exchange) {
        return queue.contains(exchange);
    }

    /** An answer is ready. */
    void answered(Exchange exchange) {
        ready += exchange.content().length;
    }

    /** Takes memory for an answer that waits for its turn. */
    boolean takeMemory(long bytes) {
        return loop.takeUnsent(unsent, bytes);
    }

    private void free(Exchange exchange) {
        owner.freeRequest(exchange.requestBytes());
        loop.unsent().add(unsent, -exchange.answerBytes());
    }

    /** The last request will not be answered: it never became whole. */
    void dropLast() {
        free(queue.pollLast());
    }

    /** Has the connection end with the last answer that is still to be written; answers whether there is one. */
    boolean endWithLast() {
        Exchange last = queue.isEmpty() ? sending : queue.peekLast();
        if (streaming != null || last == null) {
            return false;
        }
        last.close();
        return true;
    }

    /**
     * Writes the answers that are ready, as far as none before them is missing, in one go.
     *
     * @return whether to read on
     */
    boolean write() {
        stalled = false;
        if (!channel.isActive() || written) {
            return false;
        }
        long bytes = pending == 0 || !loop.unsent().pressed() ? writeAnswers() : 0;
        boolean wrote = bytes > 0;
        Exchange next = queue.peek();
        if (sending == null && next != null && next.wantsContinue() && !written) {
            next.endContinue();
            hand(Unpooled.wrappedBuffer(CONTINUE));
            wrote = true;
        }
        if (wrote) {
            channel.flush();
            measure();
            afterWrite();
        }
        if (written) {
            return false;
        }
        if (wrote && pending == 0 && (sending != null || isReady(queue.peek()))) {
            goOn(bytes);
        } else {
            turn = 0;
        }
        return true;
    }

    /** The client has read everything, and there is more: at once, or after others when it had much. */
    private void goOn(long bytes) {
        turn += bytes;
        if (turn < PIECE) {
            owner.touch();
        } else {
            turn = 0;
            owner.goOnLater();
        }
    }

    /** Answers how many bytes it wrote, or somewhat more. */
    private long writeAnswers() {
        ByteBuf out = null;
        long bytes = 0;
        long most = atOnce();
        while (bytes < most && !written && channel.isWritable() && (sending != null || isReady(queue.peek()))) {
            int piece = (int) Math.min(most - bytes, PIECE);
            if (!loop.hasRoom(unsent, piece)) {
                stall();
                break;
            }
            out = out == null ? channel.alloc().buffer(HEAD_ROOM) : out;
            if (sending == null) {
                begin(queue.poll(), out);
            }
            int count = Math.min(piece, content.length - sent);
            bytes += HEAD_ROOM + count;
            out = write(out, count);
        }
        if (out != null) {
            hand(out);
        }
        return bytes;
    }

    /** Bytes that are written at once: few to many who have not read yet, and to all while much is unread. */
    private long atOnce() {
        boolean crowded = loop.unsent().crowded();
        if (crowded && !began && isReady(queue.peek())) {
            sendBuffer(LEAST_SEND_BUFFER);
        }
        began = true;
        if (reads) {
            return loop.unsent().pressed() ? PIECE : Long.MAX_VALUE;
        }
        return crowded && sendBuffer <= SEND_BUFFER || loop.unsent().pressed() ? SMALL_PIECE : Long.MAX_VALUE;
    }

    private static boolean isReady(Exchange next) {
        return next != null && next.ready();
    }

    /** Too much is unread: it goes on when there is room again. */
    private void stall() {
        stalled = true;
        writeBegins();
        owner.stalled();
    }

    private void begin(Exchange exchange, ByteBuf out) {
        exchange.writeHead(out, loop.date());
        sending = exchange;
        content = exchange.content();
        ready -= content.length;
        sent = 0;
        log.write(exchange, loop.time());
    }

    /**
     * Writes a piece of the answer that is being sent behind what waits in {@code out}.
     *
     * @return what still waits, or null: it was enough to hand to the channel, which says when it has too much
     */
    private ByteBuf write(ByteBuf out, int count) {
        ByteBuf waits = out;
        if (count <= COPY_UP_TO) {
            out.writeBytes(content, sent, count);
        } else {
            hand(out);
            hand(Unpooled.wrappedBuffer(content, sent, count));
            waits = null;
        }
        sent += count;
        if (sent == content.length) {
            end();
        }
        if (waits != null && waits.readableBytes() >= HAND_OVER_AT) {
            hand(waits);
            waits = null;
        }
        return waits;
    }

    private void end() {
        ended = true;
        written = sending.last();
        streaming = sending.streaming() ? sending : null;
        owner.lingers(sending.lingering());
        free(sending);
        sending = null;
        content = NOTHING;
    }

    /** A promise of its own for each write: of the shared one, a write that fails for want of memory tells nobody. */
    private void hand(ByteBuf bytes) {
        channel.write(bytes).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /** Counts what the client has not read yet, as far as it is in this process. */
    void measure() {
        long now = pendingWrites();
        if (now > 0 && !watched) {
            // Done when all before it is; but it still counts itself while it tells so.
            watched = true;
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(done -> loop.executor().execute(this::drained));
            now = pendingWrites();
        }
        if (now == pending) {
            return;
        }
        loop.unsent().add(unsent, now - pending);
        passed += Math.max(0, pending - now);
        pending = now;
        if (now == 0 && !stalled) {
            writeBy = 0;
        } else {
            writeBegins();
        }
    }

    private long pendingWrites() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }

    /** The client has read what it had not. */
    private void drained() {
        watched = false;
        if (channel.isActive()) {
            if (sendBuffer < MOST_SEND_BUFFER) {
                sendBuffer(sendBuffer * 2);
            }
            measure();
            owner.touch();
            loop.flush();
        }
    }

    private void sendBuffer(int bytes) {
        sendBuffer = bytes;
        channel.config().setOption(ChannelOption.SO_SNDBUF, bytes);
    }

    private void writeBegins() {
        if (writeBy == 0) {
            writeBy = loop.now() + limits.requestTime().toMillis();
            passed = 0;
        }
    }

    private void afterWrite() {
        if (written) {
            clear();
            owner.lastWritten(streaming != null);
        } else {
            owner.wrote(!waiting());
        }
    }

    private void clear() {
        queue.forEach(this::free);
        queue.clear();
        ready = 0;
    }

    /** Sends more of an answer that goes on; no bytes: the API has ended it. */
    void push(Exchange exchange, byte[] bytes) {
        if (streaming != exchange) {
            return;
        }
        if (bytes.length > 0 && channel.isWritable() && loop.unsent().room(unsent) >= bytes.length) {
            hand(Unpooled.wrappedBuffer(bytes));
            channel.flush();
            measure();
        } else {
            channel.close();
        }
    }

    /** The client is gone. */
    void gone() {
        queue.forEach(Exchange::gone);
        clear();
        if (sending != null) {
            free(sending);
            sending = null;
            content = NOTHING;
        }
        if (streaming != null) {
            streaming.gone();
            streaming = null;
        }
        forgetUnread();
        loop.unsent().leave(unsent);
    }

    /** Nobody will read what is not read. */
    void forgetUnread() {
        loop.unsent().add(unsent, -pending);
        pending = 0;
    }

    /** Whether a request waits for its answer. */
    boolean waiting() {
        return !queue.isEmpty() || sending != null;
    }

    /** Whether an answer goes on without end. */
    boolean streams() {
        return streaming != null;
    }

    /** Whether nothing is on its way. */
    boolean isQuiet() {
        return !waiting() && !streams() && pending == 0;
    }

    /** Bytes of answers that the client does not read. */
    long unread() {
        return pending;
    }

    /** Whether something has waited for the client for a second. */
    boolean readsNothing() {
        return writeBy != 0 && loop.now() - writeBy + limits.requestTime().toMillis() >= PATIENCE_MILLIS;
    }

    /** What its network holds of answers. */
    MemoryBudget.Share share() {
        return unsent;
    }

    /** Whether the client does not read in time; one that reads steadily, if slowly, gets as much time again. */
    boolean isLate(long now) {
        if (writeBy == 0 || now < writeBy) {
            return false;
        }
        boolean enough = passed >= PROGRESS && !stalled;
        if (enough) {
            writeBy = now + limits.requestTime().toMillis();
            passed = 0;
        }
        return !enough;
    }
}
