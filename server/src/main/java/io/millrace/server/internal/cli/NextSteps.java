package io.millrace.server.internal.cli;

import io.millrace.server.internal.data.DataDirectory;
import java.io.PrintWriter;

/** What to do next, for whoever started a server. */
final class NextSteps {
    private NextSteps() {}

    /** Behind the first start on an empty data directory. */
    static void print(Invocation invocation, DataDirectory directory) {
        PrintWriter err = invocation.err();
        String data = data(invocation, directory, "data");
        err.println();
        err.println("There is no site yet. In another terminal:");
        err.println("  ./millrace site add example.com" + data + "     adds one and prints the tag for its pages");
        err.println("  ./millrace key add --scope read" + data + "     prints a key for its reports");
        err.println();
    }

    /** Behind the start of a demo. */
    static void printDemo(Invocation invocation, DataDirectory directory, int siteId, String baseUrl) {
        PrintWriter err = invocation.err();
        String data = data(invocation, directory, null);
        err.println();
        err.println("A report, in another terminal:");
        err.println("  KEY=$(./millrace key add --scope read" + data + ")");
        err.println("  curl -H \"Authorization: Bearer $KEY\" '" + baseUrl + "/api/analytics/" + siteId
                + "/overview?period=30d'");
        err.println();
    }

    private static String data(Invocation invocation, DataDirectory directory, String usual) {
        boolean known = usual != null && directory.path().equals(invocation.file(usual));
        return known ? "" : " --data '" + directory.path() + "'";
    }
}
