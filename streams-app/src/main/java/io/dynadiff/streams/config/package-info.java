/** What a role is started with. */
package io.dynadiff.streams.config;
