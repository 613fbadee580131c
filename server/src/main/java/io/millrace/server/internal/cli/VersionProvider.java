package io.millrace.server.internal.cli;

import io.millrace.server.internal.instance.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"millrace " + Version.text()};
    }
}
