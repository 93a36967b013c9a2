/** How fast event time runs while a feed is published. */
package io.dynadiff.producers.pace;
