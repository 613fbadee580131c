/**
 * Who is on a site now, pushed to those who watch.
 *
 * <p>Uses {@code report} and {@code request}.
 */
package io.millrace.dashboard.internal.live;
