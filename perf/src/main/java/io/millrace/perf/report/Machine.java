package io.millrace.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a number was measured. Immutable.
 *
 * @param processor its model
 * @param cores how many of them
 * @param memoryGb of the machine
 * @param system its name and version
 * @param kernel of the system
 * @param jdk that runs this
 */
public record Machine(String processor, int cores, long memoryGb, String system, String kernel, String jdk) {

    /** This one. */
    public static Machine here() {
        return new Machine(
                after("/proc/cpuinfo", "model name").replaceAll("\\s*:\\s*", ""),
                Runtime.getRuntime().availableProcessors(),
                Math.round(kb(after("/proc/meminfo", "MemTotal:")) / 1048576.0),
                after("/etc/os-release", "PRETTY_NAME=").replace("\"", ""),
                System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version());
    }

    private static long kb(String text) {
        String digits = text.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String after(String file, String prefix) {
        try {
            List<String> lines = Files.readAllLines(Path.of(file));
            return lines.stream()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException notLinux) {
            return "";
        }
    }

    @Override
    public String toString() {
        return cores + " x " + processor + ", " + memoryGb + " GB, " + system + ", kernel " + kernel + ", " + jdk;
    }
}
