/** The web console: what the topics say, live in a browser. */
package io.dynadiff.console;
