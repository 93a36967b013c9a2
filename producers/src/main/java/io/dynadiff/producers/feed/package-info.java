/** Feeds: several series published side by side in event-time order, at a pace, resumably. */
package io.dynadiff.producers.feed;
