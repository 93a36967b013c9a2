package io.dynadiff.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Where the log of this process goes, other than the configuration file of logback says. */
final class Logs {

  /** The message, after the environment that it is about where it is about one. */
  private static final String MESSAGE = "%replace(%X{environment}){'^(.+)$', '$1 '}%msg%n";

  static final String CONSOLE_PATTERN =
      "%d{HH:mm:ss} %-5level %logger{0}: " + MESSAGE + "%ex{short}";
  private static final String FILE_PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger " + MESSAGE;

  private Logs() {}

  /** Writes warnings, or more of what dynadiff itself says, to standard error from now on. */
  static void toStandardError(LogFormat format, Level level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAppender("stderr");
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(format.encoder(context, CONSOLE_PATTERN));
    ThresholdFilter filter = new ThresholdFilter();
    filter.setLevel(level.toString());
    filter.start();
    appender.addFilter(filter);
    appender.start();
    root.addAppender(appender);
    context.getLogger("io.dynadiff").setLevel(Level.WARN.isGreaterOrEqual(level) ? level : null);
  }

  /** Appends a log from INFO up to the file from now on; its folder is created if need be. */
  static void toFile(Path file, LogFormat format) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setName("file");
    appender.setFile(file.toAbsolutePath().toString());
    appender.setEncoder(format.encoder(context, FILE_PATTERN));
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    root.setLevel(Level.INFO);
  }
}
