package io.millrace.dashboard.internal.operator;

import com.google.common.io.BaseEncoding;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.Keyring;
import io.millrace.dashboard.Operator;
import io.millrace.dashboard.Secrets;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.spi.AccountStore.Channel;
import io.millrace.engine.spi.AccountStore.Subscription;
import io.millrace.engine.spi.AccountStore.Topic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Who is told what of a site, or of the server, by mail or by posting to an address; set by owners alone. Thread-safe. */
public record SubscriptionRoutes(
        Operator operator, AccountDirectory accounts, Keyring keyring, WorkerPool memory, InstantSource clock) {
    private static final Input CHANNEL =
            Input.choice("channel", Channel.values(), "How").must();
    private static final Input TARGET =
            Input.text("target", "An address of mail, or a URL").must();
    private static final Input TOPICS =
            Input.texts("topics", Shape.labels(Topic.values()), "What of").must();
    private static final Form NEW = new Form("NewSubscription", CHANNEL, TARGET, TOPICS);
    private static final Set<Topic> OF_SERVER = EnumSet.of(Topic.SERVER);

    record Subscriptions(List<SubscriptionHead> subscriptions) {}

    /** @param secret what signs what is posted, once; of mail there is none */
    @Name("Subscription")
    @SnakeCase
    record SubscriptionHead(
            int id,
            Channel channel,
            String target,
            List<Topic> topics,
            @Omittable String secret) {
        static SubscriptionHead of(Subscription s, String secret) {
            return new SubscriptionHead(
                    s.id(),
                    s.channel(),
                    s.target(),
                    s.topics().stream().sorted().toList(),
                    secret);
        }
    }

    public List<Operation> operations() {
        return List.of(
                list("/api/subscriptions", "Who is told what of the server"),
                list("/api/sites/{siteId}/subscriptions", "Who is told what of a site"),
                add("/api/subscriptions", "Tell somebody what is found of the server"),
                add("/api/sites/{siteId}/subscriptions", "Send somebody reports or alerts of a site"),
                remove("/api/subscriptions/{subscriptionId}"),
                remove("/api/sites/{siteId}/subscriptions/{subscriptionId}"),
                test("/api/subscriptions/{subscriptionId}/test"),
                test("/api/sites/{siteId}/subscriptions/{subscriptionId}/test"),
                Operation.get(
                                "/api/sites/{siteId}/mails/{topic}",
                                Permission.READ,
                                "What the latest mail looks like: weekly or monthly")
                        .answers(200, "text/html")
                        .by(this::preview),
                Operation.get(
                                "/api/unsubscribe/{subscriptionId}/{token}",
                                Permission.NOTHING,
                                "A page to end mails by one click")
                        .answers(200, "text/html")
                        .by(this::ask),
                Operation.post("/api/unsubscribe/{subscriptionId}/{token}", Permission.NOTHING, "End mails (RFC 8058)")
                        .withAny()
                        .answers(200, "text/html")
                        .by(this::unsubscribe));
    }

    private Operation list(String path, String summary) {
        return Operation.get(path, Permission.OWN, summary)
                .answers(Subscriptions.class)
                .by(call -> ApiAnswers.done(ApiAnswers.json(
                        200,
                        new Subscriptions(accounts.subscriptions(site(call)).stream()
                                .map(s -> SubscriptionHead.of(s, null))
                                .toList()))));
    }

    private Operation add(String path, String summary) {
        return Operation.post(path, Permission.OWN, summary)
                .takes(NEW)
                .answers(201, null, SubscriptionHead.class)
                .by(this::add);
    }

    private Operation remove(String path) {
        return Operation.delete(path, Permission.OWN, "Tell no more").by(this::remove);
    }

    private Operation test(String path) {
        return Operation.post(path, Permission.OWN, "Send the latest report, or a test, now")
                .answersNothing()
                .by(this::test);
    }

    private static int site(Call call) {
        return call.site() == null ? 0 : call.site().id();
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        Channel channel = Shape.constant(Channel.class, body.required("channel", 20));
        if (channel == null) {
            throw ApiException.field("channel", "must be mail, webhook or slack");
        }
        String target = body.required("target", Subscription.LONGEST_TARGET);
        if (channel == Channel.MAIL && !target.matches("[^@\\s\"<>,;]{1,64}@[^@\\s\"<>,;]{1,189}")) {
            throw ApiException.field("target", "must be an address");
        }
        Set<Topic> topics = topics(body, site(call) == 0);
        Subscription added = new Subscription(0, site(call), channel, target, topics, Secrets.random(), clock.millis());
        return memory.submit(Claim.USER, () -> operator.refusal(channel, target))
                .thenCompose(refusal -> {
                    if (refusal != null) {
                        throw ApiException.field("target", refusal);
                    }
                    return accounts.change(call, "subscription.add", channel + " " + topics, store -> {
                        if (store.subscriptions().stream()
                                        .filter(s -> s.siteId() == added.siteId())
                                        .count()
                                >= Subscription.MOST) {
                            throw ApiException.conflict(
                                    "target: there are " + Subscription.MOST + " already", "target");
                        }
                        return store.saveSubscription(added);
                    });
                })
                .thenApply(saved -> ApiAnswers.json(
                        201, SubscriptionHead.of(saved, channel == Channel.MAIL ? null : secret("webhook", saved))));
    }

    private static Set<Topic> topics(JsonBody body, boolean ofServer) {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        for (String name : body.texts("topics")) {
            Topic topic = Shape.constant(Topic.class, name);
            if (topic == null || OF_SERVER.contains(topic) != ofServer) {
                throw ApiException.field("topics", ofServer ? "must be server" : "must be some of a site's");
            }
            topics.add(topic);
        }
        if (topics.isEmpty()) {
            throw ApiException.field("topics", "missing");
        }
        return topics;
    }

    private String secret(String purpose, Subscription subscription) {
        return BaseEncoding.base16().lowerCase().encode(keyring.derive(purpose, subscription.nonce()));
    }

    private Subscription find(Call call) {
        return AccountDirectory.find(
                accounts.subscriptions(site(call)), Subscription::id, call.id("subscriptionId"), "subscription");
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Subscription found = find(call);
        return accounts.remove(
                call,
                "subscription.remove",
                found.channel() + " " + found.id(),
                store -> store.removeSubscription(found.id()));
    }

    private CompletableFuture<ApiResponse> test(Call call) {
        Subscription found = find(call);
        return operator.test(found).thenApply(failure -> {
            if (failure != null) {
                throw new ApiException(502, "not_sent", failure);
            }
            return ApiAnswers.empty(204);
        });
    }

    private CompletableFuture<ApiResponse> preview(Call call) {
        Topic topic = Shape.constant(Topic.class, call.variables().get("topic"));
        if (topic != Topic.WEEKLY && topic != Topic.MONTHLY) {
            throw ApiException.notFound("mail");
        }
        return operator.preview(call.site(), topic).thenApply(SubscriptionRoutes::page);
    }

    private CompletableFuture<ApiResponse> ask(Call call) {
        check(call);
        return ApiAnswers.done(
                page("<h1>No more of these mails?</h1><form method=\"post\"><button>Unsubscribe</button></form>"));
    }

    private CompletableFuture<ApiResponse> unsubscribe(Call call) {
        Subscription found = check(call);
        return accounts.change(call, "subscription.unsubscribe", "subscription " + found.id(), store -> {
                    store.removeSubscription(found.id());
                    return null;
                })
                .thenApply(gone -> page("<h1>You will get no more of these mails.</h1>"));
    }

    /** The one of a link in a mail; 404 for a token that is another's, or is used. */
    private Subscription check(Call call) {
        int id = call.id("subscriptionId");
        Subscription found = accounts.subscription(id);
        byte[] token = call.variables().get("token").getBytes(StandardCharsets.UTF_8);
        String right = found == null ? Secrets.random() : secret("unsubscribe", found);
        if (!MessageDigest.isEqual(right.getBytes(StandardCharsets.UTF_8), token) || found == null) {
            throw ApiException.notFound("subscription");
        }
        return found;
    }

    private static ApiResponse page(String body) {
        String page = "<!doctype html><meta charset=\"utf-8\"><title>Millrace</title><body>" + body + "</body>";
        return ApiAnswers.body(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }
}
