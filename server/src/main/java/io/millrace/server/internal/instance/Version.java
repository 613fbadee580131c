package io.millrace.server.internal.instance;

/** The version of this build. */
public final class Version {
    private Version() {}

    /** From the jar's manifest; {@code dev} without a jar. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
