/** What the console remembers of the topics: bounded, in memory, knows neither Kafka nor HTTP. */
package io.dynadiff.console.state;
