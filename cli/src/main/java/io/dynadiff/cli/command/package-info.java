/** What commands need of the terminal they run in. */
package io.dynadiff.cli.command;
