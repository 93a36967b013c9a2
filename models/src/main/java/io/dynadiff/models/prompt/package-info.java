/** From an observation window to a prompt: features (plain Java) and network. */
package io.dynadiff.models.prompt;
