package io.millrace.dashboard;

import java.util.Map;

/**
 * An answer of the dashboard route. Immutable; the carrier adds {@code Content-Length}, {@code Date} and compression.
 *
 * @param headers as sent, content type included
 * @param gzip the body compressed once and kept with it, or null: too small or not worth it
 */
public record ApiResponse(int status, Map<String, String> headers, byte[] body, byte[] gzip) {}
