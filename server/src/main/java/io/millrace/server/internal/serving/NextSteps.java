package io.millrace.server.internal.serving;

import io.millrace.server.internal.command.Invocation;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.server.internal.instance.Server;
import java.io.PrintWriter;

/** What to do next, for whoever started a server. */
final class NextSteps {
    /** As the launcher was called: {@code ./millrace} in a checkout, {@code bin/millrace} in a release. */
    private static final String COMMAND = System.getProperty("millrace.command", "millrace");

    private NextSteps() {}

    /** Behind the start of a server: the first site and the first user, as long as they are missing. */
    static void print(Invocation invocation, DataDirectory directory, Server server, boolean anySite) {
        PrintWriter err = invocation.err();
        String data = directory.path().equals(invocation.file("data")) ? "" : " --data '" + directory.path() + "'";
        if (!anySite) {
            err.println();
            err.println("There is no site yet. In another terminal:");
            err.println(
                    "  " + COMMAND + " site add example.com" + data + "     adds one and prints the tag for its pages");
            err.println("  " + COMMAND + " key add --scope read" + data + "     prints a key for its reports");
        }
        String link = server.setupLink();
        if (link != null) {
            err.println();
            err.println("Nobody can log in yet. This link makes the first user, once, within 30 minutes:");
            err.println("  " + link);
            if (link.startsWith("http://localhost:")) {
                err.println("From another machine, this one's name stands for localhost; public_url says it for good.");
            }
        }
        err.println();
    }

    /** Behind the start of a demo. */
    static void printDemo(
            Invocation invocation, DataDirectory directory, Server server, String dashboard, String report) {
        PrintWriter err = invocation.err();
        err.println();
        err.println("The dashboard:");
        err.flush();
        invocation.out().println("  " + dashboard);
        invocation.out().flush();
        String link = server.setupLink();
        if (link != null) {
            err.println("To log in and change things, this link makes the first user, once, within 30 minutes:");
            err.println("  " + link);
        }
        err.println("A report as JSON, from another terminal:");
        err.println("  KEY=$(" + COMMAND + " key add --scope read --data '" + directory.path() + "')");
        err.println("  curl -H \"Authorization: Bearer $KEY\" '" + report + "'");
        err.println();
    }
}
