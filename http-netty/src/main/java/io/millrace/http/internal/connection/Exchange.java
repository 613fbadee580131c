package io.millrace.http.internal.connection;

import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.Reply;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Executor;

/** One request of a connection and its answer, in its place among the others. Belongs to the event loop. */
final class Exchange implements Reply {
    private static final Response FULL = Answers.error(503, "not_admitted", "too many answers are not read");

    /** What it asks of its connection. */
    interface Owner {
        /** Takes memory for a whole request that waits for its answer. */
        boolean takeForRequest(long bytes);

        /** Takes memory for an answer that waits for its turn. */
        boolean takeForAnswer(long bytes);

        /** An answer is ready. */
        void answered(Exchange exchange);

        /** Where the bytes of a stream go. */
        Reply.Stream stream(Exchange exchange);

        Executor executor();

        void flush();
    }

    private final Owner owner;
    private final boolean headOnly;
    private final boolean oldKeepAlive;
    private boolean close;
    private boolean lingering;
    private boolean wantsContinue;
    private Response response;
    private Runnable onGone;
    private String origin;
    private Request logged;
    private long since;
    private long requestBytes;
    private long answerBytes;

    /**
     * @param headOnly whether the method is HEAD
     * @param keepAlive whether the client would go on
     * @param old whether it speaks HTTP/1.0
     * @param requestBytes memory that its request takes, which is given back when it is answered
     */
    Exchange(Owner owner, boolean headOnly, boolean keepAlive, boolean old, long requestBytes) {
        this.owner = owner;
        this.headOnly = headOnly;
        this.close = !keepAlive;
        this.oldKeepAlive = keepAlive && old;
        this.requestBytes = requestBytes;
    }

    @Override
    public void send(Response answer) {
        if (response != null) {
            return;
        }
        int bytes = answer.ownBytes();
        if (bytes == 0 || owner.takeForAnswer(bytes)) {
            answerBytes = bytes;
            response = origin == null ? answer : answer.forOrigin(origin);
        } else {
            close = true;
            response = FULL;
        }
        owner.answered(this);
    }

    /** Takes more memory for the request, if there is any; answers whether. */
    boolean takeForRequest(long bytes) {
        if (!owner.takeForRequest(bytes)) {
            return false;
        }
        requestBytes += bytes;
        return true;
    }

    /** Memory that its request takes. */
    long requestBytes() {
        return requestBytes;
    }

    /** Memory that its answer takes. */
    long answerBytes() {
        return answerBytes;
    }

    @Override
    public Executor loop() {
        return owner.executor();
    }

    @Override
    public void flush() {
        owner.flush();
    }

    @Override
    public Stream stream(Response head, Runnable closed) {
        close = true;
        onGone = closed;
        send(head);
        return owner.stream(this);
    }

    /** Answers, and lets the connection end; with {@code unread}, while the client may still be sending. */
    void sendLast(Response answer, boolean unread) {
        close = true;
        lingering = unread;
        send(answer);
    }

    /** The page that asks, as its browser says; or null. */
    void origin(String page) {
        origin = page;
    }

    /** The client is gone. */
    void gone() {
        if (onGone != null) {
            onGone.run();
            onGone = null;
        }
    }

    /** The client waits for a word before it sends the body. */
    void awaitContinue() {
        wantsContinue = true;
    }

    void endContinue() {
        wantsContinue = false;
    }

    boolean wantsContinue() {
        return wantsContinue && response == null;
    }

    boolean ready() {
        return response != null;
    }

    boolean last() {
        return close;
    }

    void close() {
        close = true;
    }

    boolean lingering() {
        return lingering;
    }

    boolean streaming() {
        return response.stream();
    }

    void writeHead(ByteBuf out, byte[] date) {
        response.writeHead(out, date, close, oldKeepAlive);
    }

    byte[] content() {
        return response.content(headOnly);
    }

    /** What the access log will tell of, or null; and since when. */
    void logged(Request request, long now) {
        logged = request;
        since = now;
    }

    Request logged() {
        return logged;
    }

    long since() {
        return since;
    }

    int status() {
        return response.status();
    }
}
