/**
 * One open database: puts the rooms together, opens and closes them.
 *
 * <p>Uses all rooms.
 */
package io.millrace.storage.sqlite.internal;
