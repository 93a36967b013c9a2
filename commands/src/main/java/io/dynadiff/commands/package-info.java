/** What commands have in common: how to reach Kafka, how to end on Ctrl-C, exit codes. */
package io.dynadiff.commands;
