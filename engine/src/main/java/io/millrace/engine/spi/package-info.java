/** What plugs into the engine: storages, front-ends, enrichments, and where unstorable events go. */
package io.millrace.engine.spi;
