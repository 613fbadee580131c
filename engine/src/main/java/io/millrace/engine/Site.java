package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A web site whose traffic is counted. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param domain lower case, without {@code www.}; unique
 * @param name what people call it; when there is none, the domain in its own letters
 * @param zone what "day" means for this site
 * @param cookieless drop the ids that clients send
 * @param hostnames when not empty, beacons of other hosts are filtered; with and without {@code www.} a host is the same
 * @param keepParams query parameters that stay part of the path
 * @param pathForm what spells of a page are the same page
 * @param bots how much of what does not look like people is left out
 * @param allowedBots of that what counts nevertheless, by {@link Counter#botReasons() reason}
 * @param publicLive whether live count and popular pages may be read without a key
 * @param umamiId the website UUID that Umami's tracker sends, or null
 * @param goatcounterHost the host that GoatCounter's tracker is pointed at, or null
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Site(
        int id,
        String domain,
        String name,
        ZoneId zone,
        boolean cookieless,
        Set<String> hostnames,
        Set<String> keepParams,
        PathForm pathForm,
        BotMode bots,
        Set<Counter> allowedBots,
        boolean publicLive,
        String umamiId,
        String goatcounterHost)
        implements SiteBuilder.With {

    public Site {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(zone, "zone");
        name = name == null ? "" : PlainText.strip(name);
        name = name.isEmpty() ? HostNames.readable(domain) : name;
        hostnames = Set.copyOf(hostnames);
        keepParams = Set.copyOf(keepParams);
        Objects.requireNonNull(pathForm, "pathForm");
        Objects.requireNonNull(bots, "bots");
        allowedBots = Set.copyOf(allowedBots);
    }

    /** A site with its defaults: UTC, ids of clients taken, every hostname counted, declared bots left out. */
    public static Site of(String domain) {
        return new Site(
                0,
                domain,
                null,
                ZoneOffset.UTC,
                false,
                Set.of(),
                Set.of(),
                PathForm.AS_SENT,
                BotMode.BASIC,
                Set.of(),
                false,
                null,
                null);
    }

    /** Whether events are left out for this reason, one of {@link Counter#botReasons()}. */
    public boolean leavesOut(Counter reason) {
        return bots.filters(reason) && !allowedBots.contains(reason);
    }

    /**
     * A time zone that a site may have: UTC, or a region such as {@code Europe/Berlin}. Bare offsets are none: a day would
     * not follow summer time, and browsers do not know them.
     *
     * @throws java.time.DateTimeException for any other text
     */
    public static ZoneId zoneOf(String name) {
        String zone = PlainText.strip(name);
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw new DateTimeException("no such time zone: " + zone);
        }
        return ZoneId.of(zone);
    }

    /**
     * Why this site cannot stand beside another one, for people, the field first: names by which beacons are brought to
     * their site belong to one site each. Empty when it can, and for the same site as it was before.
     */
    public Optional<String> clashWith(Site other) {
        if (other.id == id && id != 0) {
            return Optional.empty();
        }
        if (domain.equals(other.domain)) {
            return Optional.of("domain: " + domain + " is a site already");
        }
        if (umamiId != null && umamiId.equalsIgnoreCase(other.umamiId)) {
            return Optional.of("umami_id: " + umamiId + " belongs to another site");
        }
        if (goatcounterHost != null && goatcounterHost.equalsIgnoreCase(other.goatcounterHost)) {
            return Optional.of("goatcounter_host: " + goatcounterHost + " belongs to another site");
        }
        return Optional.empty();
    }

    /** The site's day at this instant, as days since 1970-01-01. */
    public int dayOf(long utcMillis) {
        // A fixed offset makes new rules at every call, and this is called for every event.
        int offset = zone instanceof ZoneOffset fixed
                ? fixed.getTotalSeconds()
                : zone.getRules().getOffset(Instant.ofEpochMilli(utcMillis)).getTotalSeconds();
        return (int) Math.floorDiv(utcMillis + offset * 1000L, 86_400_000L);
    }

    /** The latest days of this site, the running one included, up to now: UTC milliseconds. */
    public Period lastDays(int days, long now) {
        return new Period(startOfDay(dayOf(now) - days + 1), now + 1);
    }

    /** The first instant of a day of this site, UTC milliseconds. */
    public long startOfDay(int epochDay) {
        return LocalDate.ofEpochDay(epochDay).atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
