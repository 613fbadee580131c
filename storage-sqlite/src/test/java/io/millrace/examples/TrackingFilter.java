package io.millrace.examples;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Receipt;
import java.io.IOException;

/**
 * Tracks page views on the server side: each page that the application answers is offered to the engine, which takes it
 * or, when its ring is full, does not; the page is never kept waiting. A servlet filter looks the same.
 */
final class TrackingFilter extends Filter {
    private final Engine engine;
    private final int siteId;

    TrackingFilter(Engine engine, int siteId) {
        this.engine = engine;
        this.siteId = siteId;
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        chain.doFilter(exchange);
        Beacon view = Beacon.pageview(siteId)
                .url("http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI())
                .referrer(exchange.getRequestHeaders().getFirst("Referer"))
                .address(exchange.getRemoteAddress().getAddress().getHostAddress())
                .userAgent(exchange.getRequestHeaders().getFirst("User-Agent"))
                .build();
        engine.counters().add(Counter.RECEIVED, siteId);
        if (!engine.collector().offer(view, Receipt.NONE)) {
            engine.counters().add(Counter.SHED, siteId);
        }
    }

    @Override
    public String description() {
        return "counts page views";
    }
}
