package io.millrace.dashboard.internal.openapi;

import io.millrace.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shapes of requests and answers, each in one line: {@code name:type} for every field. A type is {@code int},
 * {@code num}, {@code text}, {@code bool}, {@code time}, {@code any} or {@code $Name} of another shape; {@code []}
 * makes a list of it, {@code ?} adds null, and {@code ~} before a name says that the field may be absent.
 */
final class Schemas {
    private static final Map<String, String> SHAPES = new LinkedHashMap<>();

    static {
        shape("Error", "error:$ErrorBody");
        shape("ErrorBody", "code:text message:text ~field:text");
        shape("SiteHead", "id:int domain:text name:text timezone:text");
        shape("Period", "period:text from:time to:time previous:time[]? zone:text");
        reports();
        people();
        administration();
    }

    private Schemas() {}

    private static void shape(String name, String fields) {
        SHAPES.put(name, fields);
    }

    private static void reports() {
        shape("Totals", "visitors:int sessions:int pageViews:int bounceRate:num avgDuration:int");
        shape("Changes", "visitors:num? sessions:num? pageViews:num? bounceRate:num? avgDuration:num?");
        shape("SeriesRow", "date:text visitors:int sessions:int page_views:int bounce_rate:num avg_duration:int");
        shape("VisitRow", "name:text sessions:int visitors:int bounce_rate:num");
        shape("PageRow", "name:text views:int visitors:int");
        shape("ExitRow", "name:text sessions:int visitors:int");
        shape("CountRow", "name:text count:int visitors:int");
        shape("Revenue", "currency:text revenue:int");
        shape(
                "ConversionTotals",
                "conversions:int revenue:int currency:text? revenues:$Revenue[] avgValue:int conversionRate:num");
        shape("SourceConversions", "name:text conversions:int revenue:int");
        shape("ConversionSeriesRow", "date:text conversions:int revenue:int");
        shape(
                "ConversionPanel",
                "totals:$ConversionTotals bySource:$SourceConversions[] timeSeries:$ConversionSeriesRow[]");
        shape("AffiliateSummary", "name:text slug:text visits:int visitors:int conversions:int revenue:int");
        shape(
                "Overview",
                "site:$SiteHead period:$Period current:$Totals previous:$Totals changes:$Changes timeSeries:$SeriesRow[]"
                        + " ~previousTimeSeries:$SeriesRow[]? sources:$VisitRow[] pages:$PageRow[] entryPages:$VisitRow[]"
                        + " exitPages:$ExitRow[] countries:$CountRow[] cities:$CountRow[] browsers:$CountRow[]"
                        + " os:$CountRow[] devices:$CountRow[] conversions:$ConversionPanel affiliates:$AffiliateSummary[]");
        shape(
                "BreakdownRow",
                "name:text visitors:int sessions:int page_views:int events:int bounce_rate:num avg_duration:int");
        shape("Breakdown", "site:$SiteHead period:$Period dimension:text rows:$BreakdownRow[] total:int");
        shape("PropertyRow", "name:text events:int visitors:int");
        shape("Properties", "site:$SiteHead period:$Period key:text? events:int rows:$PropertyRow[] total:int");
        shape("AffiliateHead", "id:int name:text slug:text commission_rate:num window_days:int");
        shape(
                "AffiliateRow",
                "id:int name:text slug:text commission_rate:num window_days:int visits:int unique_visitors:int"
                        + " conversions:int revenue:int commission:int");
        shape("AffiliateTotals", "visits:int unique_visitors:int conversions:int revenue:int currency:text?");
        shape("AffiliateVisits", "date:text visits:int unique_visitors:int");
        shape(
                "Affiliates",
                "site:$SiteHead period:$Period affiliates:$AffiliateRow[] totals:$AffiliateTotals"
                        + " timeSeries:$AffiliateVisits[]");
        shape(
                "AffiliateStats",
                "visits:int uniqueVisitors:int conversions:int revenue:int currency:text? revenues:$Revenue[]"
                        + " conversionRate:num commission:int");
        shape(
                "Affiliate",
                "site:$SiteHead period:$Period affiliate:$AffiliateHead stats:$AffiliateStats"
                        + " visitTimeSeries:$AffiliateVisits[] convTimeSeries:$ConversionSeriesRow[] landingPages:$CountRow[]"
                        + " ~conversions:$AffiliateConversion[]");
        shape("FlowNode", "pathname:text visitors:int children:$FlowNode[]");
        shape("FlowEntry", "pathname:text visitors:int");
        shape("Flow", "site:$SiteHead period:$Period root:$FlowNode? totalVisitors:int entryOptions:$FlowEntry[]");
        shape(
                "QueryEcho",
                "site_id:int from:time to:time timezone:text metrics:text[] dimensions:text[] filters:any"
                        + " order_by:text? limit:int offset:int");
        shape("QueryAnswer", "query:$QueryEcho rows:any[] total:int");
        shape(
                "Query",
                "site_id:int metrics:text[] ~dimensions:text[] ~period:text ~from:text ~to:text ~filters:any"
                        + " ~order_by:text ~limit:int ~offset:int");
        shape(
                "SiteLine",
                "id:int domain:text name:text timezone:text live:int visitors:int sessions:int pageViews:int"
                        + " sparkline:int[]");
        shape("AllSites", "live:int sites:$SiteLine[] pagination:$SitePages");
        shape("SitePages", "page:int limit:int total:int");
        shape("PublicLive", "count:int ~page:int");
        shape("PublicPopular", "period:text pages:$PageRow[]");
    }

    private static void people() {
        String conversion =
                "id:int external_id:text visitor_id:text? session_id:text? amount:int currency:text status:text"
                        + " affiliate_id:int? occurred_at:time";
        shape("RecordedConversion", conversion + " affiliate:text?");
        shape("ConversionHead", conversion);
        shape("AffiliateConversion", conversion + " affiliate_name:text");
        shape("Step", "pathname:text timestamp:time");
        shape(
                "Conversion",
                conversion + " source:text? referrer_domain:text? utm_source:text? utm_medium:text? utm_campaign:text?"
                        + " country:text? city:text? browser:text? os:text? device_type:text? entry_page:text?"
                        + " exit_page:text? page_count:int? session_duration:int? timeToComplete:int? journey:$Step[]");
        shape("Pages", "page:int limit:int total:int totalPages:int");
        shape("Conversions", "site:$SiteHead period:$Period conversions:$Conversion[] pagination:$Pages");
        shape(
                "NewConversion",
                "~site_id:int external_id:text ~status:text amount:int currency:text ~occurred_at:time"
                        + " ~visitor_id:text ~session_id:text ~affiliate:text");
        shape("Visitor", "id:text totalSessions:int totalPageViews:int firstVisit:time lastVisit:time");
        shape("View", "pathname:text hostname:text? title:text? timestamp:time");
        shape(
                "Session",
                "id:text started_at:time last_activity:time entry_page:text? exit_page:text? country:text? city:text?"
                        + " browser:text? os:text? device_type:text? referrer:text? referrer_domain:text? source:text?"
                        + " utm_source:text? utm_medium:text? utm_campaign:text? page_count:int duration:int"
                        + " is_bounce:bool pageViews:$View[]");
        shape("Journey", "visitor:$Visitor conversion:$ConversionHead? timeToComplete:int? sessions:$Session[]");
        shape("Me", "site:text cookieless:bool visitor:$Visitor? sessions:$Session[]");
        shape(
                "LiveUser",
                "visitor_id:text country:text? browser:text? device_type:text? current_page:text? last_activity:time"
                        + " source:text?");
        shape("LiveRow", "name:text visitors:int");
        shape("Realtime", "count:int users:$LiveUser[] pages:$LiveRow[] sources:$LiveRow[] countries:$LiveRow[]");
        shape(
                "Client",
                "address:text? behind_trusted_proxy:bool country:text? region:text? city:text? user_agent:text? host:text? forwarding_headers:text[] ~warnings:text[]");
    }

    private static void administration() {
        String site = "name:text timezone:text cookieless:bool hostnames:text[] keep_params:text[] public_live:bool"
                + " umami_id:text? goatcounter_host:text?";
        shape("Site", "id:int domain:text " + site + " may_edit:bool may_remove:bool");
        shape("Sites", "sites:$Site[]");
        shape("NewSite", "domain:text ~" + site.replace(" ", " ~"));
        shape("SiteChange", "~domain:text ~" + site.replace(" ", " ~"));
        shape("AffiliateList", "affiliates:$AffiliateHead[]");
        shape("NewAffiliate", "slug:text ~name:text ~rate:num ~window_days:int");
        shape("AffiliateChange", "~slug:text ~name:text ~rate:num ~window_days:int");
        String key = "id:int name:text? scope:text site_id:int? created_at:time last_used:time?";
        shape("Key", key);
        shape("Keys", "keys:$Key[]");
        shape("NewKey", "scope:text ~name:text");
        shape("MadeKey", key + " key:text");
        String link = "id:int name:text? affiliate_id:int? filter:text? has_password:bool created_at:time";
        shape("Link", link);
        shape("Links", "links:$Link[]");
        shape("NewLink", "~name:text ~affiliate_id:int ~filter:text ~password:text");
        shape("MadeLink", link + " token:text path:text");
        shape("Shared", "locked:bool ~site:$SiteHead ~affiliate:$AffiliateHead? ~filter:text?");
        shape("PasswordOnly", "password:text");
        shape("User", "id:int email:text name:text? roles:any created_at:time");
        shape("Users", "users:$User[]");
        shape("NewUser", "email:text ~name:text password:text ~roles:any");
        shape("UserChange", "~name:text ~password:text ~roles:any");
        shape("SignedIn", "user:$User");
        shape("Who", "user:$User? setupNeeded:bool");
        shape("SetUp", "token:text email:text password:text ~name:text");
        shape("LogIn", "email:text password:text");
        shape("LogOut", "~everywhere:bool");
        shape("NewPassword", "old:text new:text");
        shape("TableSize", "name:text bytes:int");
        shape("Storage", "bytes:int free_bytes:int tables:$TableSize[]");
        shape("AuditEntry", "id:int time:time actor:text action:text site_id:int? detail:text?");
        shape("Audit", "entries:$AuditEntry[]");
    }

    /** All shapes as JSON schemas. */
    static JsonObject all() {
        JsonObject all = new JsonObject();
        SHAPES.forEach((name, fields) -> all.with(name, object(fields)));
        return all;
    }

    static JsonObject reference(String name) {
        if (!SHAPES.containsKey(name)) {
            throw new IllegalArgumentException("no such shape: " + name);
        }
        return JsonObject.of("$ref", "#/components/schemas/" + name);
    }

    private static JsonObject object(String fields) {
        JsonObject properties = new JsonObject();
        List<String> required = new ArrayList<>();
        for (String field : fields.split(" ")) {
            String[] nameType = field.split(":");
            boolean optional = nameType[0].startsWith("~");
            String name = optional ? nameType[0].substring(1) : nameType[0];
            properties.with(name, type(nameType[1]));
            if (!optional) {
                required.add(name);
            }
        }
        return JsonObject.of("type", "object")
                .with("properties", properties)
                .with("required", required)
                .with("additionalProperties", false);
    }

    private static JsonObject type(String type) {
        if (type.endsWith("?")) {
            JsonObject rest = type(type.substring(0, type.length() - 1));
            return JsonObject.of("anyOf", List.of(rest, JsonObject.of("type", "null")));
        }
        if (type.endsWith("[]")) {
            return JsonObject.of("type", "array").with("items", type(type.substring(0, type.length() - 2)));
        }
        if (type.startsWith("$")) {
            return reference(type.substring(1));
        }
        return switch (type) {
            case "int" -> JsonObject.of("type", "integer");
            case "num" -> JsonObject.of("type", "number");
            case "text" -> JsonObject.of("type", "string");
            case "bool" -> JsonObject.of("type", "boolean");
            case "time" -> JsonObject.of("type", "string").with("format", "date-time");
            case "any" -> new JsonObject();
            default -> throw new IllegalArgumentException("no such type: " + type);
        };
    }
}
