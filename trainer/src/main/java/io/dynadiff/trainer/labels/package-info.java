/**
 * What stands in for governing conditions where nobody knows them, and how well conditions can be
 * read off windows.
 */
package io.dynadiff.trainer.labels;
