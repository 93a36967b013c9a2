package io.dynadiff.tests.faults;

import java.util.BitSet;

/** Which sequences of one environment a topic holds, in one bit each, so that days of them fit. */
final class Arrivals {

  private final BitSet seen = new BitSet();
  private long records;
  private long duplicated;
  private long outOfOrder;
  private long last = -1;

  void add(long sequence) {
    int index = Math.toIntExact(sequence);
    records++;
    duplicated += seen.get(index) ? 1 : 0;
    outOfOrder += sequence <= last ? 1 : 0;
    seen.set(index);
    last = sequence;
  }

  long records() {
    return records;
  }

  /** Records whose sequence had been there already. */
  long duplicated() {
    return duplicated;
  }

  /** Records whose sequence was not above that of the record before. */
  long outOfOrder() {
    return outOfOrder;
  }

  /** How many sequences are here and not there. */
  long without(Arrivals others) {
    BitSet rest = (BitSet) seen.clone();
    rest.andNot(others.seen);
    return rest.cardinality();
  }
}
