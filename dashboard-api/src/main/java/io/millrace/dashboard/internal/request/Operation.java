package io.millrace.dashboard.internal.request;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One operation: where it is, what it asks of its caller, who answers, and what there is to say of it. Immutable.
 *
 * @param template a path whose segments in braces are variables; {@code {siteId}} is resolved before the handler runs
 * @param inputs parameters of the query, and variables of the path that need a word
 * @param known the names of all its parameters; null: it does not look at any
 * @param form what its body is, or null: it reads none
 * @param kept whether its answers have an {@code ETag}
 * @param opener opens it where it is a stream of events, else null
 * @param handler answers whoever does not open a stream; null: a front-end does by itself, and the document tells of it
 */
public record Operation(
        String method,
        String template,
        String[] segments,
        Permission permission,
        String summary,
        List<Input> inputs,
        Set<String> known,
        Form form,
        List<Answer> answers,
        boolean kept,
        Opener opener,
        Handler handler) {

    /** Answers; must not wait. May throw a {@link ApiException}, or fail with one. */
    @FunctionalInterface
    public interface Handler {
        CompletableFuture<ApiResponse> handle(Call call);
    }

    /** Opens a stream of events; must not wait. May throw a {@link ApiException}. */
    @FunctionalInterface
    public interface Opener {
        Api.Stream open(Call call, Consumer<byte[]> send);
    }

    /**
     * One way in which it answers when all goes well.
     *
     * @param about when, for people; null: the operation's summary says so
     * @param type its media type; null: it has no body
     * @param shapes what its JSON is one of; empty: another type
     */
    public record Answer(int status, String about, String type, List<Class<? extends Record>> shapes) {}

    public static Builder get(String template, Permission permission, String summary) {
        return new Builder("GET", template, permission, summary);
    }

    public static Builder post(String template, Permission permission, String summary) {
        return new Builder("POST", template, permission, summary);
    }

    public static Builder put(String template, Permission permission, String summary) {
        return new Builder("PUT", template, permission, summary);
    }

    /** An operation that removes something, and answers with nothing. */
    public static Builder delete(String template, Permission permission, String summary) {
        return new Builder("DELETE", template, permission, summary).answersNothing();
    }

    /** The path's variables, or null when it is another route's. */
    public Map<String, String> match(String[] path) {
        if (path.length != segments.length) {
            return null;
        }
        Map<String, String> variables = Map.of();
        for (int i = 0; i < path.length; i++) {
            String s = segments[i];
            if (s.startsWith("{")) {
                variables = variables.isEmpty() ? new HashMap<>() : variables;
                variables.put(s.substring(1, s.length() - 1), path[i]);
            } else if (!s.equals(path[i])) {
                return null;
            }
        }
        return variables;
    }

    /** Gathers what there is to say of an operation. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private final String template;
        private final Permission permission;
        private final String summary;
        private final List<Input> inputs = new ArrayList<>();
        private final List<Answer> answers = new ArrayList<>();
        private boolean checked = true;
        private boolean kept;
        private Opener opener;
        private Form form;

        private Builder(String method, String template, Permission permission, String summary) {
            this.method = method;
            this.template = template;
            this.permission = permission;
            this.summary = summary;
        }

        public Builder with(Input... more) {
            return with(Arrays.asList(more));
        }

        public Builder with(Collection<Input> more) {
            inputs.addAll(more);
            return this;
        }

        /** It may be given any parameters and looks at none. */
        public Builder withAny() {
            checked = false;
            return this;
        }

        public Builder takes(Form body) {
            form = body;
            return this;
        }

        public Builder answers(Class<? extends Record> shape) {
            return answers(200, null, shape);
        }

        public Builder answers(int status, String about, Class<? extends Record> shape) {
            answers.add(new Answer(status, about, ApiAnswers.JSON, List.of(shape)));
            return this;
        }

        public Builder answersOneOf(List<Class<? extends Record>> shapes) {
            answers.add(new Answer(200, null, ApiAnswers.JSON, shapes));
            return this;
        }

        /** Something else than JSON. */
        public Builder answers(int status, String type) {
            answers.add(new Answer(status, null, type, List.of()));
            return this;
        }

        public Builder answersNothing() {
            return answers(204, null);
        }

        /** Its answers are kept, and have an {@code ETag}. */
        public Builder kept() {
            kept = true;
            return this;
        }

        /** It is a stream of events. */
        public Builder opens(Opener stream) {
            opener = stream;
            return answers(200, "text/event-stream");
        }

        public Operation by(Handler handler) {
            Set<String> known =
                    inputs.stream().flatMap(i -> i.names().stream()).collect(Collectors.toUnmodifiableSet());
            return new Operation(
                    method,
                    template,
                    template.split("/"),
                    permission,
                    summary,
                    List.copyOf(inputs),
                    checked ? known : null,
                    form,
                    List.copyOf(answers),
                    kept,
                    opener,
                    handler);
        }
    }
}
