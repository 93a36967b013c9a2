/**
 * A Schema Registry that speaks Confluent's REST API.
 *
 * <p>{@code RegistryServer} takes requests, {@code RegistryRoutes} finds the answer, {@code
 * SchemaRegistry} decides, {@code SchemaLog} keeps.
 */
package io.dynadiff.embedded.registry;
