/**
 * {@code dynadiff physics}: shows that systems and readers are right, how fast, and how they look.
 */
package io.dynadiff.cli.physics;
