package io.dynadiff.tests.security;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A certificate for localhost, and how clients of a name log in; made anew for every test. */
final class Identities {

  static final String PASSWORD = "only-for-this-test";

  private final Path keyStore;
  private final Path trustStore;

  Identities(Path directory) throws IOException, InterruptedException {
    keyStore = directory.resolve("server.p12");
    trustStore = directory.resolve("trust.p12");
    Path certificate = directory.resolve("server.pem");
    keytool(
        keyStore,
        "-genkeypair -alias server -keyalg EC -groupname secp256r1 -validity 2 -dname CN=localhost"
            + " -ext san=dns:localhost,ip:127.0.0.1");
    keytool(keyStore, "-exportcert -alias server -rfc -file " + certificate);
    keytool(trustStore, "-importcert -noprompt -alias server -file " + certificate);
  }

  private static void keytool(Path store, String arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + arguments);
    }
  }

  Path keyStore() {
    return keyStore;
  }

  /** Properties of the broker's secured listener: TLS, SCRAM, and ACLs for everybody. */
  Map<String, String> broker() {
    String listener = "listener.name.secured.";
    return Map.of(
        listener + "ssl.keystore.location",
        keyStore.toString(),
        listener + "ssl.keystore.password",
        PASSWORD,
        listener + "ssl.keystore.type",
        "PKCS12",
        listener + "sasl.enabled.mechanisms",
        "SCRAM-SHA-512",
        listener + "scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
        "authorizer.class.name",
        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users",
        "User:ANONYMOUS");
  }

  /** Properties of a client as they would stand in its file, for broker and registry. */
  Map<String, String> client(String user, String password) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", "SCRAM-SHA-512");
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(user, password));
    for (String prefix : List.of("", "schema.registry.")) {
      properties.put(prefix + "ssl.truststore.location", trustStore.toString());
      properties.put(prefix + "ssl.truststore.password", PASSWORD);
      properties.put(prefix + "ssl.truststore.type", "PKCS12");
    }
    properties.put("basic.auth.credentials.source", "USER_INFO");
    properties.put("basic.auth.user.info", user + ":" + password);
    return properties;
  }
}
