/**
 * Who is on a site now, pushed to those who watch.
 *
 * <p>Uses {@code report}, {@code limit}, {@code request} and {@code shape}.
 */
package io.millrace.dashboard.internal.live;
