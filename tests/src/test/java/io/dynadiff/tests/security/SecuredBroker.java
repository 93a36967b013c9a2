package io.dynadiff.tests.security;

import io.dynadiff.embedded.EmbeddedKafka;
import io.dynadiff.embedded.EmbeddedOptions;
import io.dynadiff.embedded.SecuredListener;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.streams.access.Party;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker with TLS, SCRAM and ACLs and a registry that asks for a password. Nobody has any right
 * but who comes from within, on the listener of {@link #kafka}.
 */
final class SecuredBroker implements AutoCloseable {

  private final Identities identities;
  private final String servers;
  private final EmbeddedKafka kafka;
  private final GuardedRegistry registry;

  /**
   * Starts both.
   *
   * @param directory takes certificates
   * @param registryPassword what the registry asks for, whoever comes
   */
  SecuredBroker(Path directory, String registryPassword) throws Exception {
    identities = new Identities(directory);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    servers = "localhost:" + port;
    kafka =
        EmbeddedKafka.start(
            EmbeddedOptions.temporary(2), new SecuredListener(port, identities.broker()));
    registry = new GuardedRegistry(kafka.schemaRegistryUrl(), identities, registryPassword);
  }

  /** Lets a user log in and play these parts. */
  void grant(String user, String password, List<Party> parts) throws Exception {
    try (Admin admin = Admin.create(kafka.connection().adminProperties())) {
      for (Party party : parts) {
        admin
            .createAcls(party.grants("User:" + user, kafka.topics()))
            .all()
            .get(60, TimeUnit.SECONDS);
      }
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
  }

  KafkaConnection connection(String user, String password) {
    return new KafkaConnection(servers, registry.url(), identities.client(user, password));
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  Identities identities() {
    return identities;
  }

  /** Whom the registry has let through. */
  Set<String> registryUsers() {
    return registry.users();
  }

  @Override
  public void close() {
    registry.close();
    kafka.close();
  }
}
