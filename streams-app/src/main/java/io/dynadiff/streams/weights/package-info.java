/** What comes in on the weights topic: checked, the newest of each environment. */
package io.dynadiff.streams.weights;
