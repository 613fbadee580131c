package io.millrace.engine;

import java.util.function.UnaryOperator;

/**
 * What a browser says of itself in the headers {@code Sec-CH-UA} and those behind it, as sent; null: not sent. Never stored.
 * Immutable.
 *
 * @param brands {@code Sec-CH-UA}
 * @param fullVersions {@code Sec-CH-UA-Full-Version-List}
 * @param mobile {@code Sec-CH-UA-Mobile}
 * @param platform {@code Sec-CH-UA-Platform}
 * @param platformVersion {@code Sec-CH-UA-Platform-Version}
 */
public record ClientHints(String brands, String fullVersions, String mobile, String platform, String platformVersion) {
    private static final int MAX_LENGTH = 256;

    /**
     * The hints of a request; null when there are none.
     *
     * @param header the value of a header by its name in lower case, or null
     */
    public static ClientHints of(UnaryOperator<String> header) {
        String brands = cut(header.apply("sec-ch-ua"));
        String platform = cut(header.apply("sec-ch-ua-platform"));
        return brands == null && platform == null
                ? null
                : new ClientHints(
                        brands,
                        cut(header.apply("sec-ch-ua-full-version-list")),
                        cut(header.apply("sec-ch-ua-mobile")),
                        platform,
                        cut(header.apply("sec-ch-ua-platform-version")));
    }

    private static String cut(String value) {
        return value == null || value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH);
    }
}
