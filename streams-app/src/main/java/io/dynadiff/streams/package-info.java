/** The online side: four roles that meet on Kafka only, and the commands that run them. */
package io.dynadiff.streams;
