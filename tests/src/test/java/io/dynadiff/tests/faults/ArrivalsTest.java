package io.dynadiff.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {

  @Test
  void shouldCountNothingWhenAllHasArrivedOnceInOrder() {
    Arrivals published = of(0, 1, 2, 3);
    Arrivals arrived = of(0, 1, 2, 3);
    assertThat(published.without(arrived)).isZero();
    assertThat(arrived.without(published)).isZero();
    assertThat(arrived.duplicated()).isZero();
    assertThat(arrived.outOfOrder()).isZero();
    assertThat(arrived.records()).isEqualTo(4);
  }

  @Test
  void shouldCountWhatIsLostTwiceStrangeOrOutOfOrderWhenItIs() {
    Arrivals published = of(0, 1, 2, 3);
    Arrivals arrived = of(0, 2, 2, 1, 9);
    assertThat(published.without(arrived)).as("lost: 3").isEqualTo(1);
    assertThat(arrived.without(published)).as("never published: 9").isEqualTo(1);
    assertThat(arrived.duplicated()).as("twice: 2").isEqualTo(1);
    assertThat(arrived.outOfOrder()).as("the second 2, and 1").isEqualTo(2);
    assertThat(arrived.records()).isEqualTo(5);
  }

  private static Arrivals of(long... sequences) {
    Arrivals arrivals = new Arrivals();
    for (long sequence : sequences) {
      arrivals.add(sequence);
    }
    return arrivals;
  }
}
