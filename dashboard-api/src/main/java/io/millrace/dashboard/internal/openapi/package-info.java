/**
 * The description of the operations as an OpenAPI document.
 *
 * <p>Uses {@code request} and {@code shape}.
 */
package io.millrace.dashboard.internal.openapi;
