/** What the producers' commands have in common: how a feed runs and ends, run ids. */
package io.dynadiff.producers.command;
