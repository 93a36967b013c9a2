/** Base model and zoo. */
package io.dynadiff.trainer.expert;
