/**
 * The description of the operations as an OpenAPI document.
 *
 * <p>Uses {@code access}, {@code request} and {@code shape}.
 */
package io.millrace.dashboard.internal.openapi;
