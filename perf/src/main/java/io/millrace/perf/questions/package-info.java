/**
 * What somebody asks who looks at a site's figures, of a database that is kept, and the same of DuckDB.
 *
 * <pre>
 *   History -> Engine -> Stock (a directory)  --copied-->  the server that is asked   Question.path
 *                          |
 *                          +--rows by CSV--> Duck (a process of its own)              DuckSql.of(Question)
 * </pre>
 *
 * <p>Uses {@code load}, {@code process} and {@code traffic}.
 */
package io.millrace.perf.questions;
