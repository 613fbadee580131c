package io.millrace.dashboard.internal.access;

import io.millrace.dashboard.ApiRequest;

/** The cookies of this server: out of reach of scripts, and not sent with requests that other sites make. */
public final class Cookies {
    private final String prefix;
    private final String attributes;

    /**
     * @param secure whether browsers reach the server by https only
     */
    public Cookies(boolean secure) {
        prefix = secure ? "__Host-" : "";
        attributes = "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }

    /** The value of a cookie, or null. */
    public String read(ApiRequest request, String name) {
        String header = request.header("cookie");
        if (header == null) {
            return null;
        }
        String wanted = prefix + name + "=";
        for (String pair : header.split(";")) {
            String p = pair.trim();
            if (p.startsWith(wanted)) {
                return p.substring(wanted.length());
            }
        }
        return null;
    }

    /** A {@code Set-Cookie} header. */
    public String write(String name, String value, long seconds) {
        return prefix + name + "=" + value + attributes + "; Max-Age=" + seconds;
    }

    public String clear(String name) {
        return write(name, "", 0);
    }
}
