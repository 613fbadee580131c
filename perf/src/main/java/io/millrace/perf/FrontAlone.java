package io.millrace.perf;

import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import io.millrace.http.HttpSettings;
import io.millrace.http.NettyFrontEnd;
import io.millrace.http.StaticFiles;
import io.millrace.perf.jmh.ForgetfulStorage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.concurrent.locks.LockSupport;

/**
 * The HTTP front-end over an engine that forgets what it stores, so that what HTTP costs can be seen alone. Prints every
 * second how many requests there were, and the processor time (ns) and bytes allocated by the event loop for them.
 * Usage: {@code FrontAlone PORT}.
 */
public final class FrontAlone {
    private static final long SECOND = 1_000_000_000L;

    private FrontAlone() {}

    public static void main(String[] args) {
        Engine engine = Engine.builder(new ForgetfulStorage()).start();
        engine.addSite(Site.of("example.com")).join();
        HttpSettings settings = HttpSettings.DEFAULT
                .with()
                .host("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .loops(1)
                .build();
        NettyFrontEnd frontEnd = new NettyFrontEnd(settings, null, null, StaticFiles.NONE);
        frontEnd.start(engine);
        long[] before = now(engine);
        while (!Thread.interrupted()) {
            LockSupport.parkNanos(SECOND);
            long[] after = now(engine);
            System.out.println(
                    "second " + (after[0] - before[0]) + " " + (after[1] - before[1]) + " " + (after[2] - before[2]));
            before = after;
        }
    }

    private static long[] now(Engine engine) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long cpu = 0;
        long bytes = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("millrace-http")) {
                cpu += threads.getThreadCpuTime(thread.getThreadId());
                bytes += threads.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return new long[] {engine.counters().total(Counter.RECEIVED), cpu, bytes};
    }
}
