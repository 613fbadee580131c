package io.millrace.engine.spi;

import io.millrace.engine.Bounds;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the bound in {@link Bounds} that holds for a field which outlives a request and grows by what clients send. A
 * house rule looks for such fields without it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Bounded {
    /** The name of the bound. */
    String value();
}
