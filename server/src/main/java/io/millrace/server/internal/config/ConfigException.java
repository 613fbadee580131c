package io.millrace.server.internal.config;

/** The settings cannot be used; the message is one line that names the setting and where it came from. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
