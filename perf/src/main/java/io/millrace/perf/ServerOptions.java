package io.millrace.perf;

import io.millrace.perf.load.Plan;
import io.millrace.perf.net.Endpoint;
import io.millrace.perf.net.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Where a load goes. */
final class ServerOptions {
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\u0080-\u00ff]*");
    private static final Set<String> OWN = Set.of("content-length", "transfer-encoding", "connection");

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8080",
            description = "The server, http or https; a path in it is where to post to. Default: ${DEFAULT-VALUE}")
    private String url;

    @Option(names = "--path", description = "Where to post to. Default: that of --url, or the format's own.")
    private String path;

    @Option(names = "--insecure", description = "With https: do not check the server's certificate.")
    private boolean insecure;

    @Option(names = "--cacert", paramLabel = "FILE", description = "With https: whom to believe, certificates in PEM.")
    private Path authorities;

    @Option(
            names = "--header",
            description = "A header line for every request, such as 'X-Token: abc', in place of one of that name.")
    private List<String> headers = List.of();

    Endpoint endpoint() {
        try {
            return Endpoint.of(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--url: " + e.getMessage(), e);
        }
    }

    void check() {
        Endpoint endpoint = endpoint();
        Check.path("--path", path);
        Check.that(path == null || endpoint.path() == null, "--path", "--url names a path already");
        Check.path("--url", endpoint.path());
        Check.that(!endpoint.address().isUnresolved(), "--url", "there is no host " + endpoint.host());
        Check.that(endpoint.secure() || !insecure, "--insecure", "is for https");
        Check.that(endpoint.secure() || authorities == null, "--cacert", "is for https");
        Check.that(!insecure || authorities == null, "--cacert", "not together with --insecure");
        headers.forEach(ServerOptions::check);
    }

    private static void check(String header) {
        Check.that(HEADER.matcher(header).matches(), "--header", "not NAME: VALUE: " + header);
        String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
        Check.that(!OWN.contains(name), "--header", name + " is the generator's own");
    }

    void into(Plan.Builder plan, Endpoint endpoint) {
        plan.path(path == null ? endpoint.path() : path)
                .headers(headers.isEmpty() ? "" : String.join("\r\n", headers) + "\r\n")
                .tls(endpoint.secure() ? tls(endpoint) : null);
    }

    private Tls tls(Endpoint endpoint) {
        if (insecure) {
            return Tls.insecure(endpoint.host(), endpoint.port());
        }
        if (authorities == null) {
            return Tls.of(endpoint.host(), endpoint.port());
        }
        try {
            return Tls.of(endpoint.host(), endpoint.port(), authorities);
        } catch (IOException e) {
            throw new IllegalArgumentException("--cacert: " + authorities + " holds no certificates in PEM", e);
        }
    }
}
