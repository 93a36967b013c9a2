/** Reads the topics into the console's memory, as any outside consumer would. */
package io.dynadiff.console.feed;
