/**
 * What people look at: the dashboard route and files.
 *
 * <p>Uses {@code client} and {@code message}.
 */
package io.millrace.http.internal.page;
