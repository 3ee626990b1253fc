import type { LoggerService } from '@nestjs/common';
import type { LogFields, Logger } from './logger.js';

/**
 * Nest's own messages in our log. What Nest calls "log" (every route, every module) is debug here; its context, the last
 * argument, becomes a field.
 */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug('nest.message', fieldsOf(message, rest));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug('nest.message', fieldsOf(message, rest));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.debug('nest.message', fieldsOf(message, rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn('nest.warning', fieldsOf(message, rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error('nest.error', fieldsOf(message, rest));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.logger.error('nest.fatal', fieldsOf(message, rest));
  }
}

/** Nest appends a stack (of errors, if it has one) and the context to the message. */
function fieldsOf(message: unknown, rest: readonly unknown[]): LogFields {
  const texts = rest.filter((item): item is string => typeof item === 'string');
  const stack = texts.find((text) => text.includes('\n    at '));
  const context = texts.at(-1);
  return {
    ...(message instanceof Error ? { error: message } : { message }),
    ...(stack === undefined ? {} : { stack }),
    ...(context === undefined || context === stack ? {} : { context }),
  };
}
