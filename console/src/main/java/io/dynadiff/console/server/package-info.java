/** Serves the page, what is remembered, and what is new, over HTTP. */
package io.dynadiff.console.server;
