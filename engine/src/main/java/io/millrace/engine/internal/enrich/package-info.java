/**
 * A beacon becomes an event: page, source, campaign, affiliate, agent and visitor.
 *
 * <p>Uses no other room.
 */
package io.millrace.engine.internal.enrich;
