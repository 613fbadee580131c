package io.millrace.http.internal.collect;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Outcome;
import io.millrace.engine.Site;
import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.Reply;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.millrace.wire.Cleaned;
import io.millrace.wire.Draft;
import io.millrace.wire.FieldError;
import io.millrace.wire.json.JsonError;
import io.millrace.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes the members of one array: the good ones together or not at all, the bad ones answered by index. */
final class ArrayIntake {
    /** So few are as good as beacons that come alone. */
    private static final int FEW = 10;

    private final Intake intake;
    private final Request request;
    private final Reply reply;
    private final TreeMap<Integer, FieldError> rejected = new TreeMap<>();
    private final TreeMap<Integer, List<Cleaned>> cleaned = new TreeMap<>();
    private final List<Beacon> good = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();
    private long wait;

    ArrayIntake(Intake intake, Request request, Reply reply) {
        this.intake = intake;
        this.request = request;
        this.reply = reply;
    }

    void take(List<Draft> members) {
        if (members.size() > intake.mostMembers()) {
            intake.count(Counter.REJECTED_TOO_LARGE, 0, members.size());
            FieldError error = new FieldError(
                    FieldError.TOO_LARGE, "array of more than " + intake.mostMembers() + " members", null);
            reply.send(Answers.collectError(413, error));
            return;
        }
        if (members.isEmpty()) {
            intake.count(Counter.REJECTED_MALFORMED, 0, 1);
        }
        for (int i = 0; i < members.size(); i++) {
            member(i, members.get(i), members.size());
        }
        if (wait > 0) {
            limited();
        } else if (good.isEmpty()) {
            reply.send(Answers.json(400, nothingValid()));
        } else if (good.size() > FEW && intake.crowded(request, good.size())) {
            good.forEach(beacon -> intake.counted(Counter.SHED, beacon.siteId()));
            reply.send(Answers.notAdmitted());
        } else if (intake.offer(good, reply, this::settled) && intake.answersAtOnce()) {
            reply.send(nothingToSay() ? Answers.ACCEPTED : partly("accepted", good.size(), ""));
        }
    }

    private void member(int index, Draft draft, int members) {
        Site site = draft.siteId() == 0 && draft.site() == null ? null : intake.site(draft);
        int siteId = site == null ? 0 : site.id();
        intake.received(siteId);
        if (draft.error() != null) {
            reject(index, Counter.REJECTED_FIELD, siteId, draft.error());
        } else if (site == null) {
            reject(index, Counter.REJECTED_SITE, 0, Intake.unknownSite());
        } else if (overRate(siteId, index, members)) {
            intake.counted(Counter.LIMITED, siteId);
        } else {
            good.add(intake.beacon(draft, site, request));
            indexes.add(index);
            if (!draft.cleaned().isEmpty()) {
                cleaned.put(index, draft.cleaned());
            }
        }
    }

    private boolean nothingToSay() {
        return rejected.isEmpty() && cleaned.isEmpty();
    }

    private boolean overRate(int siteId, int index, int members) {
        long siteWait = intake.siteWait(siteId, request, index, members);
        wait = Math.max(wait, siteWait);
        return siteWait > 0;
    }

    /** A client takes a 202 for final, so what it shall send again is refused as a whole. */
    private void limited() {
        good.forEach(beacon -> intake.counted(Counter.LIMITED, beacon.siteId()));
        reply.send(Answers.limited(wait));
    }

    private void reject(int index, Counter counter, int siteId, FieldError error) {
        intake.counted(counter, siteId);
        rejected.put(index, error);
    }

    private Response settled(Outcome[] outcomes) {
        int taken = 0;
        TreeSet<String> reasons = new TreeSet<>();
        for (int i = 0; i < outcomes.length; i++) {
            Counter counter = outcomes[i].counter();
            switch (counter.group()) {
                case STORED, DUPLICATE -> taken++;
                case FILTERED -> {
                    taken++;
                    reasons.add(counter.reason());
                }
                case UNSTORABLE -> rejected.put(indexes.get(i), Answers.UNSTORABLE_CONTENT);
                case REJECTED -> {
                    if (!outcomes[i].equals(Outcome.TOO_OLD)) {
                        return Answers.UNCONFIRMED;
                    }
                    rejected.put(indexes.get(i), Answers.TOO_OLD_TIME);
                }
                default -> {
                    // Some may be stored: sent again as a whole, those are recognised by their ids.
                    return Answers.UNCONFIRMED;
                }
            }
        }
        return answer(taken, String.join(",", reasons));
    }

    private Response answer(int taken, String reasons) {
        if (taken == 0) {
            return rejected.containsValue(Answers.TOO_OLD_TIME) ? Answers.TOO_OLD : Answers.UNSTORABLE;
        }
        if (nothingToSay()) {
            return reasons.isEmpty() ? Answers.COMMITTED : Answers.COMMITTED.with("x-millrace-filtered", reasons);
        }
        return partly("committed", taken, reasons);
    }

    private Response partly(String ack, int taken, String reasons) {
        JsonObject body = JsonObject.of("accepted", taken).with("rejected", rejections());
        Response answer = Answers.json(202, body.with("cleaned", cleaned()), "x-millrace-ack", ack);
        return reasons.isEmpty() ? answer : answer.with("x-millrace-filtered", reasons);
    }

    private JsonObject nothingValid() {
        return JsonError.of("no_valid_member", "the array has no valid member; nothing was stored", null)
                .with("accepted", 0)
                .with("rejected", rejections());
    }

    private List<JsonObject> rejections() {
        List<JsonObject> list = new ArrayList<>();
        rejected.forEach((index, error) -> {
            JsonObject rejection =
                    JsonObject.of("index", index).with("code", error.code()).with("message", error.message());
            list.add(error.field() == null ? rejection : rejection.with("field", error.field()));
        });
        return list;
    }

    private List<JsonObject> cleaned() {
        List<JsonObject> list = new ArrayList<>();
        cleaned.forEach((index, fields) -> {
            for (Cleaned c : rejected.containsKey(index) ? List.<Cleaned>of() : fields) {
                list.add(JsonObject.of("index", index)
                        .with("field", c.field())
                        .with("reason", c.reason().label()));
            }
        });
        return list;
    }
}
