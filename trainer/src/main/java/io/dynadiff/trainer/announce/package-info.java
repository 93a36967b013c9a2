/** Tells the online side about bundles. */
package io.dynadiff.trainer.announce;
