/** The {@code dynadiff} command, which gathers the commands of all parts. */
package io.dynadiff.cli;
