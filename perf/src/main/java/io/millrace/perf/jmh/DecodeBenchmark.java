package io.millrace.perf.jmh;

import io.millrace.engine.Beacon;
import io.millrace.engine.Place;
import io.millrace.perf.traffic.Beacons;
import io.millrace.wire.BeaconReader;
import io.millrace.wire.Body;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a body's bytes to the beacon that the engine takes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class DecodeBenchmark {
    private static final int BODIES = 4096;

    private final BeaconReader reader = new BeaconReader();
    private final byte[][] bodies = new byte[BODIES][];
    private int next;

    public DecodeBenchmark() {
        Beacons beacons = new Beacons(1, 1);
        for (int i = 0; i < BODIES; i++) {
            bodies[i] = beacons.nextBody();
        }
    }

    /** One object of about 350 bytes. */
    @Benchmark
    public Beacon decode() {
        byte[] bytes = bodies[next++ & BODIES - 1];
        Body body = reader.read(bytes, bytes.length, false);
        return body.members()
                .get(0)
                .toBeacon(1, 0, "192.0.2.1", "agent", Place.UNKNOWN)
                .build();
    }
}
