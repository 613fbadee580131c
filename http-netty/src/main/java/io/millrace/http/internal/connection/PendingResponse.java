package io.millrace.http.internal.connection;

import io.millrace.engine.Outcome;
import io.millrace.engine.Receipt;
import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.Reply;
import io.millrace.http.internal.message.Response;
import java.util.function.Function;

/**
 * The receipt of one request: gathers the outcomes of its beacons on the store thread, and is answered once on its event
 * loop, by its last outcome or by its deadline, whichever comes first.
 */
public final class PendingResponse implements Receipt, Runnable {
    private final Outcome[] outcomes;
    private final BatchWakeUp wakeUp;
    private final Reply reply;
    private final Function<Outcome[], Response> answer;
    private final long deadline;
    private final LatencyCounts waits;
    private final long since = System.nanoTime();
    private int open;
    private boolean answered;

    /** @param waits where it is counted how long the answer took */
    public PendingResponse(
            int beacons,
            BatchWakeUp wakeUp,
            Reply reply,
            Function<Outcome[], Response> answer,
            long deadline,
            LatencyCounts waits) {
        this.outcomes = new Outcome[beacons];
        this.open = beacons;
        this.wakeUp = wakeUp;
        this.reply = reply;
        this.answer = answer;
        this.deadline = deadline;
        this.waits = waits;
    }

    @Override
    public void settled(int index, Outcome outcome) {
        outcomes[index] = outcome;
        if (--open == 0) {
            wakeUp.add(this);
        }
    }

    @Override
    public Runnable afterBatch() {
        return wakeUp;
    }

    /** All outcomes are there. Event loop. */
    @Override
    public void run() {
        if (!answered) {
            answered = true;
            waits.add(System.nanoTime() - since);
            reply.send(answer.apply(outcomes));
        }
    }

    /** Whether its answer is known. Event loop. */
    boolean answered() {
        return answered;
    }

    /**
     * Answers "unconfirmed" when it is late. Event loop.
     *
     * @return whether it need not be looked at again
     */
    boolean expire(long now) {
        if (!answered && now - deadline >= 0) {
            answered = true;
            waits.add(System.nanoTime() - since);
            reply.send(Answers.UNCONFIRMED);
        }
        return answered;
    }
}
