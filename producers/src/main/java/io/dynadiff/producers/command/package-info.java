/** What the producers' commands have in common: how to reach Kafka, run ids, exit codes. */
package io.dynadiff.producers.command;
