/** The observation window. */
package io.dynadiff.models.window;
