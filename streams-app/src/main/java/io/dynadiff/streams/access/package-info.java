/** What each part of an installation may do on a broker that asks who its clients are. */
package io.dynadiff.streams.access;
