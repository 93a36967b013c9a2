package io.dynadiff.cli.demo;

/** Counts records that should come in sequence, one for each number; one thread at a time. */
final class SequenceCount {

  private long count;
  private long last = -1;
  private long repeated;
  private long missing;

  /** Takes the next record's sequence number. */
  void add(long sequence) {
    count++;
    if (sequence <= last) {
      repeated++;
      return;
    }
    if (last >= 0) {
      missing += sequence - last - 1;
    }
    last = sequence;
  }

  long count() {
    return count;
  }

  /** Returns the highest sequence so far, -1 before the first. */
  long last() {
    return last;
  }

  /** Returns how many records came with a number that was not above the one before. */
  long repeated() {
    return repeated;
  }

  /** Returns how many numbers were left out after the first. */
  long missing() {
    return missing;
  }
}
