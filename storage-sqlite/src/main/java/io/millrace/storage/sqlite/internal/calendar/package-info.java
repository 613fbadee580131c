/**
 * Days of sites, quarters of an hour and slots of time as numbers, and how hits lie about their visits.
 *
 * <p>Uses no other room.
 */
package io.millrace.storage.sqlite.internal.calendar;
