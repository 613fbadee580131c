/**
 * The description of the operations as an OpenAPI document.
 *
 * <p>Uses {@code report}, {@code query}, {@code access} and {@code request}.
 */
package io.millrace.dashboard.internal.openapi;
