/** What state stores hold, and how it is encoded. */
package io.dynadiff.streams.state;
