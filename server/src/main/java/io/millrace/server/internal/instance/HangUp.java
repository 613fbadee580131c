package io.millrace.server.internal.instance;

import java.lang.reflect.Proxy;

/** Turns SIGHUP into work instead of the program's end. */
public final class HangUp {
    private HangUp() {}

    /**
     * From now on SIGHUP runs this, on a thread of the JVM's, and never ends the program. Where the program was started with
     * SIGHUP ignored ({@code nohup}), or there is no such signal, everything stays as it is.
     */
    public static void runs(Runnable work) {
        try {
            // By name: the compiler calls the class internal, though it is the one that the JDK keeps for this.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object runs = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getDeclaringClass() == handler) {
                            work.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), runs);
        } catch (ReflectiveOperationException e) {
            // There is no such signal, or it is ignored on purpose.
        }
    }
}
