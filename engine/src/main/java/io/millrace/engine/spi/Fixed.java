package io.millrace.engine.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a collection that outlives a request why strangers cannot make it grow: what it holds is given by the operator,
 * by the code, or by something that has a bound of its own. A house rule looks for such fields with neither this nor
 * {@link Bounded}. On a type it speaks for all of its fields.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.FIELD, ElementType.TYPE})
public @interface Fixed {
    /** Why it cannot grow. */
    String value();
}
