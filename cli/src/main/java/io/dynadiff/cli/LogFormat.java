package io.dynadiff.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;

/** How a line of log is written. */
enum LogFormat {
  /** For people. */
  TEXT,
  /**
   * One JSON object per line, for log stores: timestamp, level, thread, logger, message, throwable,
   * and the diagnostic context (environment, system, run, sequence, weightsVersion) under mdc.
   */
  JSON;

  /** Returns an encoder that has been started. */
  Encoder<ILoggingEvent> encoder(LoggerContext context, String pattern) {
    Encoder<ILoggingEvent> encoder;
    if (this == JSON) {
      JsonEncoder json = new JsonEncoder();
      // What nobody asks a log store for.
      json.setWithContext(false);
      json.setWithSequenceNumber(false);
      json.setWithNanoseconds(false);
      json.setWithMessage(false);
      json.setWithArguments(false);
      json.setWithFormattedMessage(true);
      encoder = json;
    } else {
      PatternLayoutEncoder text = new PatternLayoutEncoder();
      text.setPattern(pattern);
      encoder = text;
    }
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
