package io.millrace.engine;

/**
 * The addresses that begin alike. Immutable.
 *
 * @param first the first one
 * @param last the last one
 */
public record Network(IpAddress first, IpAddress last) {
    /** What {@code 192.0.2.0/24}, {@code 2001:db8::/32} or an address alone says, or null: it is no network. */
    public static Network parse(String cidr) {
        int slash = cidr.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? cidr : cidr.substring(0, slash));
        if (address == null) {
            return null;
        }
        int bits = slash < 0 ? address.bits() : number(cidr.substring(slash + 1));
        if (bits < 0 || bits > address.bits()) {
            return null;
        }
        int free = address.bits() - bits;
        long low = free >= Long.SIZE ? -1 : (1L << free) - 1;
        long high = free <= Long.SIZE ? 0 : free == 2 * Long.SIZE ? -1 : (1L << free - Long.SIZE) - 1;
        return new Network(
                new IpAddress(address.v6(), address.high() & ~high, address.low() & ~low),
                new IpAddress(address.v6(), address.high() | high, address.low() | low));
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
    }

    /** Whether an address is one of these. */
    public boolean contains(IpAddress address) {
        return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }
}
