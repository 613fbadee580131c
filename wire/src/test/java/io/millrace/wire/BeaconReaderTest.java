package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeaconReaderTest {
    private static final long NOW = 1_763_600_000_000L;
    private static final String PAGE = "'site_id':1,'url':'https://example.com/a'";

    private final BeaconReader reader = new BeaconReader();

    private Body read(String json) {
        return read(json, false);
    }

    private Body read(String json, boolean trusted) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return reader.read(bytes, bytes.length, trusted);
    }

    private Draft one(String members) {
        Body body = read("{" + members + "}");
        assertThat(body.error()).isNull();
        assertThat(body.array()).isFalse();
        return body.members().get(0);
    }

    private static Beacon beacon(Draft draft) {
        assertThat(draft.error()).isNull();
        return draft.toBeacon(draft.siteId(), NOW, "192.0.2.1", "agent", Place.UNKNOWN)
                .build();
    }

    @Test
    void readsEveryFieldOfAPageView() {
        Beacon b = beacon(one("'site_id':'7','type':'pageview','id':'e1','attempt':2,'visitor_id':'v','session_id':'s',"
                + "'pathname':'/p','hostname':'Example.com','referrer':'https://r/','title':'T','language':'de-DE',"
                + "'utm_source':'a','utm_medium':'b','utm_campaign':'c','utm_term':'d','utm_content':'e','ref':'anna',"
                + "'screen_width':1920,'screen_height':1080,'age':1000"));
        assertThat(b.siteId()).isEqualTo(7);
        assertThat(b.type()).isEqualTo(Beacon.Type.PAGEVIEW);
        assertThat(b.id()).isEqualTo("e1");
        assertThat(b.repeat()).isTrue();
        assertThat(b.visitorId()).isEqualTo("v");
        assertThat(b.sessionId()).isEqualTo("s");
        assertThat(b.pathname()).isEqualTo("/p");
        assertThat(b.hostname()).isEqualTo("example.com");
        assertThat(b.referrer()).isEqualTo("https://r/");
        assertThat(b.title()).isEqualTo("T");
        assertThat(b.language()).isEqualTo("de-DE");
        assertThat(b.campaign().name()).isEqualTo("c");
        assertThat(b.campaign().content()).isEqualTo("e");
        assertThat(b.ref()).isEqualTo("anna");
        assertThat(b.screenWidth()).isEqualTo(1920);
        assertThat(b.screenHeight()).isEqualTo(1080);
        assertThat(b.time()).isEqualTo(NOW - 1000);
        assertThat(b.trusted()).isFalse();
        assertThat(b.address()).isEqualTo("192.0.2.1");
        assertThat(b.userAgent()).isEqualTo("agent");
    }

    @ParameterizedTest
    @CsvSource({"true, PROGRAM", "1, PROGRAM", "'\"true\"', PROGRAM", "false, BROWSER", "0, BROWSER", "null, BROWSER"})
    void aBrowserSaysWhetherAProgramDrivesIt(String said, Beacon.Sender sender) {
        assertThat(beacon(one(PAGE + ",'webdriver':" + said)).sender()).isEqualTo(sender);
    }

    @Test
    void aFirstAttemptIsNoRepeatAndHasNoTimeOfItsOwn() {
        Beacon b = beacon(one(PAGE + ",'attempt':0,'age':0"));
        assertThat(b.repeat()).isFalse();
        assertThat(b.time()).isZero();
    }

    @Test
    void readsACustomEvent() {
        Beacon b = beacon(one("'site':'Example.COM','type':'event','name':'buy','props':{'plan':'pro','seats':3,"
                + "'trial':false,'none':null},'revenue':{'amount':'29.99','currency':'eur'}"));
        assertThat(b.name()).isEqualTo("buy");
        assertThat(b.props()).isEqualTo(Map.of("plan", "pro", "seats", "3", "trial", "false"));
        assertThat(b.revenue()).isEqualTo(new Money(2999, "EUR"));
    }

    @Test
    void aProgramThatWritesNullForWhatItDoesNotKnowLosesNoEvent() {
        String nulls = BeaconReader.fields().stream()
                .filter(field -> !field.equals("site") && !field.equals("pathname"))
                .map(field -> '\'' + field + "':null")
                .collect(Collectors.joining(","));
        Beacon b = beacon(read("{" + nulls + ",'site':'example.com','pathname':'/a'}", true)
                .members()
                .get(0));
        assertThat(b.type()).isEqualTo(Beacon.Type.PAGEVIEW);
        assertThat(b.pathname()).isEqualTo("/a");
    }

    @Test
    void readsEngagement() {
        Beacon b = beacon(one("'site_id':1,'type':'engagement','view':'p1','engaged_ms':12345,'scroll':80"));
        assertThat(b.view()).isEqualTo("p1");
        assertThat(b.engagedMillis()).isEqualTo(12345);
        assertThat(b.scroll()).isEqualTo(80);
    }

    @Test
    void onlyATrustedSenderSaysWhenAndWho() {
        String said =
                "{" + PAGE + ",'time':1500000000000,'ip':'2001:db8::1','user_agent':'U','country':'DE','city':'Bonn'}";
        Beacon believed = beacon(read(said, true).members().get(0));
        assertThat(believed.time()).isEqualTo(1_500_000_000_000L);
        assertThat(believed.address()).isEqualTo("2001:db8::1");
        assertThat(believed.userAgent()).isEqualTo("U");
        assertThat(believed.place()).isEqualTo(new Place("DE", null, "Bonn"));
        assertThat(believed.trusted()).isTrue();
        Beacon ignored = beacon(read(said, false).members().get(0));
        assertThat(ignored.time()).isZero();
        assertThat(ignored.address()).isEqualTo("192.0.2.1");
        assertThat(ignored.userAgent()).isEqualTo("agent");
        assertThat(ignored.place()).isEqualTo(Place.UNKNOWN);
        assertThat(ignored.trusted()).isFalse();
    }

    @Test
    void whatOnlyAKeyMaySayIsNamedWhereTheKeyIsMissing() {
        String said = "{" + PAGE + ",'time':1500000000000,'ip':'nonsense','country':'DE'}";
        assertThat(read(said, false).members().get(0).cleaned())
                .hasToString("[time=needs_key, ip=needs_key, country=needs_key]");
        assertThat(read("{" + PAGE + ",'time':null,'ip':null,'city':null}", false)
                        .members()
                        .get(0)
                        .cleaned())
                .as("null is as if it had not been sent")
                .isEmpty();
    }

    @Test
    void aTimeToComeIsNowAndSaysSo() {
        Draft draft = read("{" + PAGE + ",'time':" + (NOW + 86_400_000) + "}", true)
                .members()
                .get(0);
        assertThat(beacon(draft).time()).isEqualTo(NOW);
        assertThat(draft.cleaned()).hasToString("[time=cut]");
    }

    @Test
    void aRouteInTheFragmentOfAUrlIsAPartOfItsPath() {
        assertThat(beacon(one("'site_id':1,'url':'https://e/app?x#/pricing?plan=pro'"))
                        .pathname())
                .isEqualTo("/app#/pricing?plan=pro");
        assertThat(beacon(one("'site_id':1,'url':'/#!/about'")).pathname()).isEqualTo("/#!/about");
        assertThat(beacon(one("'site_id':1,'url':'https://e/#team'")).pathname())
                .as("a place in a page is no page")
                .isNull();
        assertThat(beacon(one("'site_id':1,'url':'https://e/#/a','pathname':'/b'"))
                        .pathname())
                .isEqualTo("/b");
        Draft tooLong = one("'site_id':1,'url':'https://e/#/" + "x".repeat(2048) + "'");
        assertThat(beacon(tooLong).pathname()).hasSize(2048);
        assertThat(tooLong.cleaned()).hasToString("[url=cut]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'url':'https://e/'                                     | site_id    | missing_field",
                "'site_id':1                                            | pathname   | missing_field",
                "'site_id':1,'hostname':'e'                             | pathname   | missing_field",
                "'site_id':1,'pathname':5,'hostname':'e'                | pathname   | invalid_field",
                "'site_id':1,'pathname':'https://[::1','hostname':'e'   | pathname   | invalid_field",
                "'site_id':1,'pathname':'https:\\\\a b','hostname':'e'    | pathname   | invalid_field",
                "'site_id':1,'pathname':'http://','hostname':'e'        | pathname   | invalid_field",
                "'site_id':1,'url':'about:blank'                        | url        | invalid_field",
                "'site_id':1,'url':'mailto:me'                          | url        | invalid_field",
                "'site_id':1,'url':'//'                                 | url        | invalid_field",
                "'site_id':1,'url':7                                    | url        | invalid_field",
                "'site_id':1,'url':'http://'                            | url        | invalid_field",
                "'site_id':1,'url':'http://[::1'                        | url        | invalid_field",
                "'site_id':1,'url':'https://exa mple.com/x'             | url        | invalid_field",
                "'site_id':1,'url':'https://exa%20mple.com/x'           | url        | invalid_field",
                "'site_id':1,'url':'https://example.com:abc/x'          | url        | invalid_field",
                "'site_id':1,'url':'https://example.com:99999/x'        | url        | invalid_field",
                "'site_id':1,'url':'https://?x','hostname':'e'          | url        | invalid_field",
                "'site_id':1,'url':'https://%/x'                        | url        | invalid_field",
                "'site_id':1,'url':'https://a<b>/x','pathname':'/x'     | url        | invalid_field",
                "'site_id':1,'url':'https://a..b/x'                     | url        | invalid_field",
                "'site_id':1,'type':'heartbeat','url':'https://#a'      | url        | invalid_field",
                "'site_id':1,'type':'event','name':true                 | name       | missing_field",
                "'site_id':1,'url':'  '                                 | pathname   | missing_field",
                "'site':'a b','url':'https://e/'                        | site       | invalid_field",
                "'site':'a/b','url':'https://e/'                        | site       | invalid_field",
                "'site_id':1,'site_id':2,'url':'https://e/'             | site_id    | invalid_field",
                "'site_id':1,'url':'https://e/','id':'a','id':'b'       | id         | invalid_field",
                "'site_id':1,'type':'event','name':{}                   | name       | missing_field",
                "'site_id':1,'type':'click'                             | type       | invalid_field",
                "'site_id':1,'type':'event'                             | name       | missing_field",
                "'site_id':1,'type':'engagement'                        | view       | missing_field",
                "'site_id':null,'url':'https://e/'                      | site_id    | missing_field",
                "'site_id':0,'url':'https://e/'                         | site_id    | invalid_field",
                "'site_id':1.5,'url':'https://e/'                       | site_id    | invalid_field",
                "'site_id':'1x','url':'https://e/'                      | site_id    | invalid_field",
                "'site_id':99999999999,'url':'https://e/'               | site_id    | invalid_field",
                "'site_id':[1],'url':'https://e/'                       | site_id    | invalid_field",
                "'site_id':1,'url':'https://e/','id':''                 | id         | invalid_field",
                "'site_id':1,'url':'https://e/','id':7                  | id         | invalid_field",
                "'site_id':1,'url':'https://e/','visitor_id':'a\\u0000' | visitor_id | invalid_field",
                "'site_id':1,'url':'https://e/','visitor_id':'\\ud800'  | visitor_id | invalid_field",
                "'site_id':1,'url':'https://e/','session_id':{}         | session_id | invalid_field",
                "'site_id':1,'url':'https://e/','attempt':-1            | attempt    | invalid_field",
                "'site_id':1,'url':'https://e/','age':259200001         | age        | invalid_field",
                "'site_id':1,'url':'https://e/','age':'5'               | age        | invalid_field",
            })
    void namesTheFieldThatIsWrong(String members, String field, String code) {
        FieldError error = one(members).error();
        assertThat(error.field()).isEqualTo(field);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).startsWith(field + ": ");
    }

    @Test
    void measuresLengthsOfIdsInCharacters() {
        assertThat(one(PAGE + ",'visitor_id':'" + "ü".repeat(64) + "'").error()).isNull();
        assertThat(one(PAGE + ",'visitor_id':'" + "x".repeat(65) + "'").error().field())
                .isEqualTo("visitor_id");
        assertThat(one(PAGE + ",'id':'" + "x".repeat(37) + "'").error().field()).isEqualTo("id");
    }

    @Test
    void aPageWithATooLongAddressCountsUnderItsBeginning() {
        Draft path = one("'site_id':1,'hostname':'e','pathname':'/" + "ü".repeat(1024) + "'");
        assertThat(beacon(path).pathname()).isEqualTo("/" + "ü".repeat(1023));
        assertThat(path.cleaned()).hasToString("[pathname=cut]");
        Draft url = one("'site_id':1,'url':'https://e/" + "x".repeat(4087) + "'");
        assertThat(beacon(url).url()).hasSize(4096);
        assertThat(url.cleaned()).hasToString("[url=cut]");
        Draft longPath = one("'site_id':1,'url':'https://e/" + "x".repeat(2048) + "?q'");
        assertThat(longPath.cleaned()).as("of 2,048 bytes the path is stored").hasToString("[url=cut]");
        assertThat(one("'site_id':1,'url':'https://e/" + "%C3%A9".repeat(600) + "'")
                        .cleaned())
                .isEmpty();
        assertThat(one("'site_id':1,'url':'https://e/?" + "x".repeat(3000) + "'")
                        .cleaned())
                .isEmpty();
    }

    @Test
    void aCutAddressEndsBehindAWholeCharacter() {
        assertThat(beacon(one("'site_id':1,'url':'https://e/xx" + "%C3%A9".repeat(700) + "'"))
                        .url())
                .isEqualTo("https://e/xx" + "%C3%A9".repeat(680));
        assertThat(beacon(one("'site_id':1,'hostname':'e','pathname':'/" + "%2F".repeat(700) + "'"))
                        .pathname())
                .isEqualTo("/" + "%2F".repeat(682));
        assertThat(beacon(one(PAGE + ",'referrer':'https://e/xxxxx" + "%E2%82%AC".repeat(300) + "'"))
                        .referrer())
                .isEqualTo("https://e/xxxxx" + "%E2%82%AC".repeat(225));
    }

    @Test
    void cutsLongTextsAtACharacterAndSaysSo() {
        Draft draft =
                one(PAGE + ",'title':'" + "€".repeat(200) + "','utm_source':'" + "x".repeat(201) + "','language':''");
        Beacon b = beacon(draft);
        assertThat(b.title()).isEqualTo("€".repeat(170));
        assertThat(b.campaign().source()).hasSize(200);
        assertThat(b.language()).isNull();
        assertThat(draft.cleaned()).hasToString("[title=cut, utm_source=cut]");
    }

    @Test
    void blankTextsAreNotSent() {
        Draft draft = one(PAGE + ",'title':' \\n ','utm_source':'  ','utm_medium':' mail ','ref':'\\u0000'");
        Beacon b = beacon(draft);
        assertThat(b.title()).isNull();
        assertThat(b.campaign().source()).isNull();
        assertThat(b.campaign().medium()).isEqualTo("mail");
        assertThat(b.ref()).isNull();
        assertThat(draft.cleaned()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site",
                "hostname",
                "referrer",
                "title",
                "screen_width",
                "engaged_ms",
                "scroll",
                "props",
                "revenue"
            })
    void aFieldOfNothingButBlanksIsAsIfItHadNotBeenSent(String field) {
        for (String blank : List.of("", " ", "\u00A0", "\u200E")) {
            Draft draft = one(PAGE + ",'" + field + "':'" + blank + "'");
            assertThat(draft.error()).isNull();
            assertThat(draft.cleaned()).isEmpty();
        }
    }

    @Test
    void makesControlCharactersAndHalfSurrogatesHarmless() {
        assertThat(beacon(one(PAGE + ",'title':'a\\u0000b\\ud83dc\\ud83d\\ude00'"))
                        .title())
                .isEqualTo("a b\uFFFDc😀");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'revenue':{'amount':3.3000000000000003,'currency':'EUR'}  | 330  | EUR",
                "'revenue':{'amount':0.30000000000000004,'currency':'EUR'} | 30   | EUR",
                "'revenue':{'amount':' 19.99 ','currency':' eur '}         | 1999 | EUR",
                "'revenue':{'amount':'.5','currency':'USD'}                | 50   | USD",
                "'revenue':{'amount':1e2,'currency':'JPY'}                 | 100  | JPY",
                "'revenue':{'amount':-5,'currency':'EUR'}                  | -500 | EUR"
            })
    void aPurchaseIsStoredWithItsMoneyRounded(String revenue, long minor, String currency) {
        Draft draft = one("'site_id':1,'type':'event','name':'Purchase'," + revenue);
        assertThat(beacon(draft).revenue()).isEqualTo(new Money(minor, currency));
        assertThat(draft.cleaned()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'revenue':5                                    | revenue=unreadable",
                "'revenue':{'amount':'19,99','currency':'EUR'}  | revenue=unreadable",
                "'revenue':{'amount':1,'currency':'ZZZ'}        | revenue=unreadable",
                "'revenue':{'amount':{},'currency':'EUR'}       | revenue=unreadable",
                "'revenue':{'amount':1e99,'currency':'EUR'}     | revenue=unreadable",
                "'props':[1]                                    | props=unreadable",
                "'props':'x'                                    | props=unreadable",
                "'props':{'a':{},'b':[]}                        | props=unreadable",
                "'props':{'':'x'}                               | props=unreadable",
                "'props':{'\u00A0':'x'}                         | props=unreadable",
                "'hostname':'a b'                               | hostname=unreadable",
                "'hostname':'example.com:99999'                 | hostname=unreadable",
                "'referrer':'https://a b/'                      | referrer=unreadable",
                "'referrer':'https://[::1/'                     | referrer=unreadable",
                "'referrer':'about:client'                      | referrer=unreadable",
                "'referrer':'google'                            | referrer=unreadable",
                "'title':[]                                     | title=unreadable",
                "'title':true                                   | title=unreadable",
                "'utm_source':false                             | utm_source=unreadable",
                "'ref':true                                     | ref=unreadable",
                "'scroll':true                                  | scroll=unreadable",
                "'screen_width':'wide'                          | screen_width=unreadable",
                "'screen_height':-1                             | screen_height=unreadable",
                "'screen_width':100001                          | screen_width=cut",
                "'scroll':101                                   | scroll=cut",
                "'engaged_ms':86400001                          | engaged_ms=cut"
            })
    void whatDecoratesAnEventNeverCostsIt(String member, String cleaned) {
        Draft draft = one("'site_id':1,'type':'event','name':'Purchase','url':'https://e/'," + member);
        assertThat(draft.error()).isNull();
        assertThat(draft.cleaned()).extracting(Cleaned::toString).containsExactly(cleaned);
    }

    @Test
    void takesNumbersAsProgramsCalculateThem() {
        Beacon b = beacon(one("'site_id':1,'type':'engagement','view':'p','engaged_ms':1234.5,'scroll':'80',"
                + "'screen_width':1e3,'screen_height':767.4"));
        assertThat(b.engagedMillis()).isEqualTo(1235);
        assertThat(b.scroll()).isEqualTo(80);
        assertThat(b.screenWidth()).isEqualTo(1000);
        assertThat(b.screenHeight()).isEqualTo(767);
    }

    @Test
    void wholeNumbersAreWholeHoweverProgramsWriteThem() {
        Beacon b = beacon(one("'site_id':1.0,'attempt':2e0,'age':1e3,'url':'https://e/'"));
        assertThat(b.siteId()).isEqualTo(1);
        assertThat(beacon(one("'site_id':'1.0','url':'https://e/'")).siteId()).isEqualTo(1);
        assertThat(b.repeat()).isTrue();
        assertThat(b.time()).isEqualTo(NOW - 1000);
        assertThat(beacon(one(PAGE + ",'age':1499.5")).time()).isEqualTo(NOW - 1500);
        assertThat(beacon(read("{" + PAGE + ",'time':1500000000000.25}", true)
                                .members()
                                .get(0))
                        .time())
                .isEqualTo(1_500_000_000_000L);
        assertThat(one(PAGE + ",'attempt':1e99999999").error().field()).isEqualTo("attempt");
        assertThat(one(PAGE + ",'age':1e-99999999").error().field()).isEqualTo("age");
    }

    @Test
    void blanksAroundWhatIdentifiesAnEventDoNotCount() {
        Draft draft = one(
                "'site_id':' 1 ','type':' pageview ','url':'https://e/','id':' e ','visitor_id':'\u00A0v ','session_id':' s'");
        Beacon b = beacon(draft);
        assertThat(b.siteId()).isEqualTo(1);
        assertThat(b.id()).isEqualTo("e");
        assertThat(b.visitorId()).isEqualTo("v");
        assertThat(b.sessionId()).isEqualTo("s");
        assertThat(one(PAGE + ",'visitor_id':' '").error().field()).isEqualTo("visitor_id");
        assertThat(beacon(read("{" + PAGE + ",'ip':' 203.0.113.9 '}", true)
                                .members()
                                .get(0))
                        .address())
                .isEqualTo("203.0.113.9");
    }

    @Test
    void aPathWithoutAHostIsThePages() {
        Draft draft = one("'site_id':1,'url':'/virtual?a=1'");
        assertThat(draft.lacksHost()).isTrue();
        draft.pageHost("shop.example");
        assertThat(beacon(draft).url()).isEqualTo("https://shop.example/virtual?a=1");
        Draft relative = one("'site_id':1,'url':'virtual/page','hostname':'Shop.Example.'");
        relative.pageHost("other.example");
        assertThat(beacon(relative).url()).isEqualTo("https://shop.example/virtual/page");
        Draft path = one("'site_id':1,'pathname':'/x'");
        path.pageHost("shop.example");
        assertThat(beacon(path).hostname()).isEqualTo("shop.example");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'DE', DE, []",
                "' de ', DE, []",
                "'Germany', -, [country=unreadable]",
                "'DEU', -, [country=unreadable]",
                "'5', -, [country=unreadable]",
                "'xx', -, [country=unreadable]",
                "'ZZ', -, [country=unreadable]",
                "' ', -, []"
            })
    void aCountryIsTwoLetters(String sent, String country, String cleaned) {
        Draft draft = read("{" + PAGE + ",'country':'" + sent + "','city':'Bonn'}", true)
                .members()
                .get(0);
        assertThat(beacon(draft).place().country()).isEqualTo(country);
        assertThat(draft.cleaned()).hasToString(cleaned);
    }

    @Test
    void aPathIsReadAsBrowsersReadIt() {
        assertThat(beacon(one("'site_id':1,'pathname':'\\\\docs\\\\a?x=\\\\1'")).pathname())
                .isEqualTo("/docs/a?x=\\1");
        assertThat(beacon(one("'site_id':1,'pathname':'/do\\ncs/\\ta'")).pathname())
                .isEqualTo("/docs/a");
        assertThat(beacon(one("'site_id':1,'pathname':'//a'")).pathname()).isEqualTo("//a");
    }

    @ParameterizedTest
    @CsvSource({
        "https://e/docs/a, /docs/a",
        "https:\\\\e\\docs, /docs",
        "https:/e/docs, /docs",
        "https://e, /",
        "https://e?a=1, ?a=1",
        "file:///C:/x, /C:/x",
        "/https://e/a, /https://e/a",
        "Talk:Main, Talk:Main",
        "mailto:me, mailto:me"
    })
    void ofAWholeAddressThatIsSentAsPathThePathCounts(String sent, String path) {
        assertThat(beacon(one("'site_id':1,'pathname':'" + sent.replace("\\", "\\\\") + "'"))
                        .pathname())
                .isEqualTo(path);
    }

    @Test
    void aUrlWithoutItsSchemeHasAHost() {
        Draft draft = one("'site_id':1,'url':'//cdn.example/x'");
        assertThat(draft.lacksHost()).isFalse();
        assertThat(beacon(draft).url()).isEqualTo("https://cdn.example/x");
        assertThat(beacon(one(PAGE + ",'referrer':'//news.example/a'")).referrer())
                .isEqualTo("https://news.example/a");
    }

    @Test
    void aPageOfAFileHasNoHost() {
        Draft draft = one("'site_id':1,'url':'file:///home/me/index.html'");
        assertThat(draft.lacksHost()).isFalse();
        assertThat(beacon(draft).url()).isEqualTo("file:///home/me/index.html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "WWW.Example.COM", "example.com.", "example.com:8443", " example.com "})
    void aSiteIsFoundHoweverItsDomainIsWritten(String domain) {
        assertThat(one("'site':'" + domain + "','url':'https://e/'").site()).isEqualTo("example.com");
        assertThat(one("'site':'Bücher.example','url':'https://e/'").site()).isEqualTo("xn--bcher-kva.example");
    }

    @Test
    void keepsThirtyPropertiesAndCutsTheirNames() {
        StringBuilder props = new StringBuilder("'k0':'v'");
        for (int i = 1; i < 30; i++) {
            props.append(",'k").append(i).append("':'v'");
        }
        String event = "'site_id':1,'type':'event','name':'n','props':{";
        assertThat(beacon(one(event + props + "}")).props()).hasSize(30);
        Draft more = one(event + props + ",'k30':'v','k0':'w'}");
        assertThat(beacon(more).props()).hasSize(30).containsEntry("k0", "w").doesNotContainKey("k30");
        assertThat(more.cleaned()).hasToString("[props=too_many]");
        Draft longKey = one(event + "'" + "k".repeat(65) + "':'" + "v".repeat(513) + "'}");
        assertThat(beacon(longKey).props()).containsExactly(Map.entry("k".repeat(64), "v".repeat(512)));
        assertThat(longKey.cleaned()).hasToString("[props=cut]");
    }

    @Test
    void readsPropertiesThatAreJsonInAText() {
        assertThat(beacon(one("'site_id':1,'type':'event','name':'n','props':'{\\'a\\':1}'"))
                        .props())
                .containsExactly(Map.entry("a", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "nul",
                "{'site_id':1",
                "{'site_id':1,}",
                "{'site_id' 1}",
                "{site_id:1}",
                "{'site_id':1}}",
                "{'site_id':1} x",
                "{'site_id':01}",
                "{'site_id':1,'x':undefined}",
                "{'x':+1}",
                "{'x':1.}",
                "{'x':tru}",
                "{'x':'\\q'}",
                "{'x':'a\nb'}",
                "{'x':'a}",
                "[{'site_id':1}",
                "[{'site_id':1},]",
                "\uFEFF",
                "\uFEFF\uFEFF{'site_id':1}"
            })
    void refusesWhatIsNotJson(String json) {
        Body body = read(json);
        assertThat(body.error()).isNotNull();
        assertThat(body.error().code()).isEqualTo("malformed_json");
        assertThat(body.members()).isEmpty();
    }

    @Test
    void aMarkOfUtf8BeforeTheTextIsNoPartOfIt() {
        assertThat(read("\uFEFF{" + PAGE + "}").members()).hasSize(1);
        assertThat(read("\uFEFF [{" + PAGE + "}]").members()).hasSize(1);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        for (byte[] bad : new byte[][] {
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xFF},
            {(byte) 0xE2, (byte) 0x82},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0x80}
        }) {
            byte[] head = "{\"x\":\"".getBytes(StandardCharsets.UTF_8);
            byte[] body = new byte[head.length + bad.length + 2];
            System.arraycopy(head, 0, body, 0, head.length);
            System.arraycopy(bad, 0, body, head.length, bad.length);
            body[body.length - 2] = '"';
            body[body.length - 1] = '}';
            assertThat(reader.read(body, body.length, false).error().code()).isEqualTo("malformed_json");
        }
    }

    @Test
    void aPropertyThatIsAWholeTreeDoesNotCostTheEvent() {
        String tree = "{'a':".repeat(20) + "1" + "}".repeat(20);
        Draft draft = one("'site_id':1,'type':'event','name':'Click','url':'https://e/','props':{'state':" + tree
                + ",'plan':'pro'}");
        assertThat(draft.error()).isNull();
        assertThat(beacon(draft).props()).isEqualTo(Map.of("plan", "pro"));
        assertThat(draft.cleaned()).hasToString("[props=unreadable]");
    }

    @Test
    void survivesDeepNestingOfAnyKind() {
        assertThat(read("{'x':" + "[".repeat(64) + "]".repeat(64) + "}").error().code())
                .isEqualTo("malformed_json");
        for (String open : new String[] {"[", "{'a':", "[{'a':", "{'site_id':1,'x':["}) {
            assertThat(read(open.repeat(100_000)).error().code()).isEqualTo("malformed_json");
        }
    }

    @Test
    void answersForEachMemberOfAnArray() {
        Body body = read("[{" + PAGE + "},{'site_id':1},7,{" + PAGE + ",'unknown':{'a':[true,null,-1.5e+3]}}]");
        assertThat(body.array()).isTrue();
        assertThat(body.members()).hasSize(4);
        assertThat(body.members().get(0).error()).isNull();
        assertThat(body.members().get(1).error().field()).isEqualTo("pathname");
        assertThat(body.members().get(2).error().code()).isEqualTo("malformed_json");
        assertThat(body.members().get(3).error()).isNull();
    }

    @Test
    void takesFiveHundredMembersAndNoMore() {
        assertThat(read("[" + "{},".repeat(499) + "{}]").members()).hasSize(500);
        assertThat(read("[" + "{},".repeat(500) + "{}]").error().code()).isEqualTo("too_large");
        assertThat(read("[]").members()).isEmpty();
    }

    @Test
    void readsOnlyTheBytesItIsTold() {
        byte[] bytes = "{\"site_id\":1,\"url\":\"https://e/\"}garbage".getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(bytes, bytes.length - 7, false).error()).isNull();
        assertThat(reader.read(bytes, bytes.length, false).error()).isNotNull();
        for (int n = 0; n < bytes.length - 7; n++) {
            assertThat(reader.read(bytes, n, false).error()).isNotNull();
        }
    }

    @Test
    void answersWhateverBytesItIsGiven() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] good = ("[{" + PAGE + ",'props':{'a':'\\u00e4'},'revenue':{'amount':1,'currency':'EUR'},'age':5}]")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(reader.read(bytes, bytes.length, random.nextBoolean())).isNotNull();
        }
        assertThat(reader.read(good, good.length, false).error()).isNull();
    }

    @Test
    void anIdGivenByTheSendersRequestIsARepeat() {
        Draft draft = one(PAGE);
        draft.identify("key/0");
        assertThat(beacon(draft).id()).isEqualTo("key/0");
        assertThat(beacon(draft).repeat()).isTrue();
        assertThat(Limits.MAX_AGE).isEqualTo(Duration.ofHours(72));
    }
}
