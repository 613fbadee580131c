package io.millrace.server.internal.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/** Reads {@code millrace.toml}. */
final class ConfigFile {
    /** What some editors write before a text. */
    private static final String UTF8_MARK = "\uFEFF";

    private ConfigFile() {}

    /** All values as texts, by dotted key; an array becomes a text with commas. */
    static Map<String, String> read(Path file) {
        TomlParseResult toml = parse(file);
        if (toml.hasErrors()) {
            var first = toml.errors().get(0);
            String problem = first.getMessage().lines().findFirst().orElse("not TOML");
            throw new ConfigException(file + ": line " + first.position().line() + ": " + problem);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : toml.dottedKeySet()) {
            values.put(key, text(toml.get(key)));
        }
        return values;
    }

    private static TomlParseResult parse(Path file) {
        try {
            String text = Files.readString(file);
            return Toml.parse(text.startsWith(UTF8_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": is not UTF-8");
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read");
        }
    }

    private static String text(Object value) {
        if (value instanceof TomlArray array) {
            return IntStream.range(0, array.size())
                    .mapToObj(i -> String.valueOf(array.get(i)))
                    .collect(Collectors.joining(","));
        }
        return String.valueOf(value);
    }
}
