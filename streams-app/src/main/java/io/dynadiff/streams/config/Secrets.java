package io.dynadiff.streams.config;

import io.dynadiff.commands.EnvironmentText;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/** What of a value may be shown. */
final class Secrets {

  private static final String HIDDEN = "[hidden]";

  private static final Map<String, ConfigDef.ConfigKey> KNOWN = new HashMap<>();

  static {
    KNOWN.putAll(StreamsConfig.configDef().configKeys());
    KNOWN.putAll(ConsumerConfig.configDef().configKeys());
    KNOWN.putAll(ProducerConfig.configDef().configKeys());
    KNOWN.putAll(AdminClientConfig.configDef().configKeys());
  }

  private Secrets() {}

  /**
   * A value as it may be printed: references to the environment stay references, of the clients'
   * properties only those are shown that Kafka knows and does not call a password.
   */
  static String shown(String key, String text) {
    if (SettingCatalogue.belongsToClients(key)) {
      ConfigDef.ConfigKey known = KNOWN.get(key.substring(SettingCatalogue.CLIENT.length() + 1));
      boolean harmless = known != null && known.type != ConfigDef.Type.PASSWORD;
      return harmless || whollyReference(text) ? text : HIDDEN;
    }
    // A URL may carry a user's name and password.
    return text.replaceAll("//[^/@\\s]*@", "//" + HIDDEN + "@");
  }

  private static boolean whollyReference(String text) {
    return EnvironmentText.refers(text) && text.matches("\\$\\{env:[A-Za-z0-9_]+\\}");
  }
}
