import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws the map of the world: reads the borders of an atlas in TopoJSON, projects them (Equal Earth, which makes no country
 * larger than it is), leaves out what nobody would see, and writes one SVG path a country, in whole units. Borders stay common
 * to both their countries, because each is simplified once. A country too small to be hit by a finger becomes a circle.
 */
public final class Atlas {
    /** How wide the world is, in units. */
    private static final double WIDTH = 1000;

    private static final double SCALE = WIDTH / 5.4133;
    private static final double NORTH = 84;
    private static final double SOUTH = -56;
    /** A corner that takes away less than this is no corner, in square units. */
    private static final double CORNER = 0.4;
    /** Islands below this are left out where their country has a larger one, in square units. */
    private static final double ISLAND = 1.5;
    /** What is smaller than this in both directions is drawn as a circle, and how large that is. */
    private static final double SMALL = 4;

    private static final int RADIUS = 3;

    private final List<double[][]> arcs = new ArrayList<>();

    private Atlas() {}

    /** @param args the directory of the atlas, and the file to write */
    public static void main(String[] args) throws IOException {
        Path source = Path.of(args[0]);
        Path target = Path.of(args[1]);
        if (Files.exists(target) && newest(source).compareTo(Files.getLastModifiedTime(target)) < 0) {
            return;
        }
        Map<?, ?> atlas = (Map<?, ?>) new Json(Files.readString(source.resolve("countries-50m.json"))).value();
        Map<String, String> codes = Files.readAllLines(source.resolve("countries.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .collect(Collectors.toMap(line -> line[1], line -> line[0]));
        Files.createDirectories(target.getParent());
        Files.writeString(target, new Atlas().draw(atlas, codes));
    }

    /** When the atlas or this program was changed last. */
    private static FileTime newest(Path source) throws IOException {
        try (Stream<Path> files = Files.walk(source.getParent())) {
            return files.map(file -> file.toFile().lastModified())
                    .max(Long::compare)
                    .map(FileTime::fromMillis)
                    .orElseThrow();
        }
    }

    private String draw(Map<?, ?> atlas, Map<String, String> codes) {
        Map<?, ?> transform = (Map<?, ?>) atlas.get("transform");
        List<?> scale = (List<?>) transform.get("scale");
        List<?> translate = (List<?>) transform.get("translate");
        for (Object arc : (List<?>) atlas.get("arcs")) {
            arcs.add(simplified(degrees((List<?>) arc, scale, translate)));
        }
        Map<?, ?> countries = (Map<?, ?>) ((Map<?, ?>) atlas.get("objects")).get("countries");
        Map<String, List<double[][]>> rings = new TreeMap<>();
        for (Object geometry : (List<?>) countries.get("geometries")) {
            Map<?, ?> country = (Map<?, ?>) geometry;
            String code = codes.get(((Map<?, ?>) country.get("properties")).get("name"));
            if (code != null) {
                gather(country.get("arcs"), rings.computeIfAbsent(code, c -> new ArrayList<>()));
            }
        }
        String shapes = rings.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\":\"" + path(e.getValue()) + "\"")
                .collect(Collectors.joining(",\n"));
        return "{\"width\":" + (int) WIDTH + ",\"height\":" + Math.round(y(SOUTH)) + ",\"shapes\":{\n" + shapes
                + "}}\n";
    }

    /** Rings lie in polygons, and those in multipolygons: whatever is a list of numbers is a ring. */
    private void gather(Object nested, List<double[][]> rings) {
        List<?> list = (List<?>) nested;
        if (list.get(0) instanceof List) {
            list.forEach(inner -> gather(inner, rings));
            return;
        }
        List<double[]> ring = new ArrayList<>();
        for (Object n : list) {
            int number = ((Double) n).intValue();
            List<double[]> arc = new ArrayList<>(List.of(arcs.get(number < 0 ? ~number : number)));
            if (number < 0) {
                Collections.reverse(arc);
            }
            arc.forEach(point -> ring.add(near(ring, point[0], point[1])));
        }
        double middle = ring.stream().mapToDouble(point -> point[0]).average().orElseThrow();
        double turn = 360 * Math.round(middle / 360);
        rings.add(
                ring.stream().map(point -> projected(point[0] - turn, point[1])).toArray(double[][]::new));
    }

    /** A point, as many turns around the world as bring it near the one before: what crosses the date line stays whole. */
    private static double[] near(List<double[]> before, double longitude, double latitude) {
        double last = before.isEmpty() ? longitude : before.get(before.size() - 1)[0];
        return new double[] {longitude + 360 * Math.round((last - longitude) / 360), latitude};
    }

    private static double[][] degrees(List<?> arc, List<?> scale, List<?> translate) {
        List<double[]> points = new ArrayList<>();
        double across = 0;
        double up = 0;
        for (Object step : arc) {
            across += (Double) ((List<?>) step).get(0);
            up += (Double) ((List<?>) step).get(1);
            points.add(near(
                    points,
                    across * (Double) scale.get(0) + (Double) translate.get(0),
                    up * (Double) scale.get(1) + (Double) translate.get(1)));
        }
        return points.toArray(double[][]::new);
    }

    private static double[] projected(double longitude, double latitude) {
        return new double[] {x(longitude, latitude), y(latitude)};
    }

    private static double angle(double latitude) {
        return Math.asin(Math.sqrt(3) / 2 * Math.sin(Math.toRadians(latitude)));
    }

    private static double x(double longitude, double latitude) {
        double a = angle(latitude);
        double a2 = a * a;
        double a6 = a2 * a2 * a2;
        double slope = 1.340264 - 3 * 0.081106 * a2 + a6 * (7 * 0.000893 + 9 * 0.003796 * a2);
        return WIDTH / 2 + SCALE * 2 * Math.toRadians(longitude) * Math.cos(a) / (Math.sqrt(3) * slope);
    }

    private static double y(double latitude) {
        return SCALE * (up(NORTH) - up(latitude));
    }

    private static double up(double latitude) {
        double a = angle(latitude);
        double a2 = a * a;
        double a6 = a2 * a2 * a2;
        return a * (1.340264 - 0.081106 * a2 + a6 * (0.000893 + 0.003796 * a2));
    }

    /** Takes the flattest corner away, again and again (Visvalingam); an island keeps three. Returns degrees. */
    private static double[][] simplified(double[][] arc) {
        List<double[]> all = Arrays.stream(arc).map(p -> projected(p[0], p[1])).toList();
        Map<double[], double[]> degrees = new IdentityHashMap<>();
        for (int i = 0; i < arc.length; i++) {
            degrees.put(all.get(i), arc[i]);
        }
        List<double[]> kept = new ArrayList<>(all);
        boolean closed = Arrays.equals(arc[0], arc[arc.length - 1]);
        while (kept.size() > (closed ? 4 : 2)) {
            int flattest = 0;
            double least = CORNER;
            for (int i = 1; i < kept.size() - 1; i++) {
                double area = Math.abs(area(kept.get(i - 1), kept.get(i), kept.get(i + 1)));
                if (area < least) {
                    least = area;
                    flattest = i;
                }
            }
            if (flattest == 0) {
                break;
            }
            kept.remove(flattest);
        }
        return kept.stream().map(degrees::get).toArray(double[][]::new);
    }

    /** Of a closed line of projected points. */
    private static double area(double[]... points) {
        double twice = 0;
        for (int i = 0; i < points.length; i++) {
            double[] next = points[(i + 1) % points.length];
            twice += points[i][0] * next[1] - next[0] * points[i][1];
        }
        return twice / 2;
    }

    private static String path(List<double[][]> rings) {
        rings.sort((a, b) -> Double.compare(Math.abs(area(b)), Math.abs(area(a))));
        double[][] mainland = rings.get(0);
        double[] from = corner(mainland, Math::min);
        double[] to = corner(mainland, Math::max);
        if (Math.max(to[0] - from[0], to[1] - from[1]) < SMALL) {
            return "M" + (Math.round((from[0] + to[0]) / 2) - RADIUS) + " " + Math.round((from[1] + to[1]) / 2)
                    + ("a" + RADIUS + " " + RADIUS + " 0 1 0 " + 2 * RADIUS + " 0")
                    + ("a" + RADIUS + " " + RADIUS + " 0 1 0-" + 2 * RADIUS + " 0");
        }
        return rings.stream()
                .filter(ring -> ring == mainland || Math.abs(area(ring)) > ISLAND)
                .map(Atlas::path)
                .collect(Collectors.joining());
    }

    private static double[] corner(double[][] ring, java.util.function.DoubleBinaryOperator of) {
        double[] found = ring[0].clone();
        for (double[] point : ring) {
            found[0] = of.applyAsDouble(found[0], point[0]);
            found[1] = of.applyAsDouble(found[1], point[1]);
        }
        return found;
    }

    /** A ring by relative steps, as SVG writes them shortest. */
    private static String path(double[][] ring) {
        StringBuilder path = new StringBuilder();
        long x = 0;
        long y = 0;
        for (double[] point : ring) {
            long dx = Math.round(point[0]) - x;
            long dy = Math.round(point[1]) - y;
            if (path.length() == 0) {
                path.append('M').append(dx).append(dy < 0 ? "" : " ").append(dy).append('l');
            } else if (dx != 0 || dy != 0) {
                path.append(dx < 0 || path.charAt(path.length() - 1) == 'l' ? "" : " ")
                        .append(dx);
                path.append(dy < 0 ? "" : " ").append(dy);
            }
            x += dx;
            y += dy;
        }
        return path.append('z').toString();
    }

    /** Reads JSON without escapes, which is all that the atlas is: maps, lists, texts and numbers. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object value() {
            char first = text.charAt(at);
            return first == '{' ? map() : first == '[' ? list() : first == '"' ? string() : number();
        }

        private Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            while (text.charAt(at++) != '}') {
                if (text.charAt(at) == '}') {
                    continue;
                }
                String name = string();
                at++;
                map.put(name, value());
            }
            return map;
        }

        private List<Object> list() {
            List<Object> list = new ArrayList<>();
            while (text.charAt(at++) != ']') {
                if (text.charAt(at) != ']') {
                    list.add(value());
                }
            }
            return list;
        }

        private String string() {
            int end = text.indexOf('"', at + 1);
            String string = text.substring(at + 1, end);
            at = end + 1;
            return string;
        }

        private Double number() {
            int from = at;
            while ("+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return Double.valueOf(text.substring(from, at));
        }
    }
}
