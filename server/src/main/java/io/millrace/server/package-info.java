/** The program: everything put together behind one command line. Nobody imports it. */
package io.millrace.server;
