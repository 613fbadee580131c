package io.millrace.wire;

/** Addresses as text. */
final class Addresses {
    private Addresses() {}

    /** The address if it looks like one, IPv4 or IPv6; else the draft is refused. Never asks a name server. */
    static String checked(String address, Draft draft) {
        if (address != null && !looksRight(address)) {
            draft.refuse(FieldError.invalid("ip", "must be an IPv4 or IPv6 address"));
        }
        return address;
    }

    private static boolean looksRight(String address) {
        boolean six = address.indexOf(':') >= 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            boolean fits = c == '.' || (six ? c == ':' || Character.digit(c, 16) >= 0 : c >= '0' && c <= '9');
            if (!fits) {
                return false;
            }
        }
        return six || address.indexOf('.') > 0;
    }
}
