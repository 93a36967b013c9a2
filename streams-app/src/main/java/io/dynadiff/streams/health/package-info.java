/** Whether the process is alive and ready, told over HTTP beside its metrics. */
package io.dynadiff.streams.health;
