/** The page that people look at, as files for a server to hand out. Knows nothing of the rest of the product. */
package io.millrace.web;
