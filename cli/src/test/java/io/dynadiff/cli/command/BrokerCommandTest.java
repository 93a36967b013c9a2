package io.dynadiff.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynadiff.cli.Dynadiff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class BrokerCommandTest {

  @Test
  void shouldExitWithTwoWhenAPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(Dynadiff.execute("broker", "--broker-port", port, "--registry-port", "0"))
          .isEqualTo(2);
    }
  }

  @Test
  void shouldExitWithTwoWhenBothPortsAreTheSame() {
    assertThat(Dynadiff.execute("broker", "--broker-port", "9092", "--registry-port", "9092"))
        .isEqualTo(2);
  }
}
