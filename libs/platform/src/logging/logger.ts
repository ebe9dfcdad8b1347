import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { tracesForLog } from '../tracing/traces.js';
import { loggableError } from './loggable-error.js';

export type { Logger } from 'pino';

/** Nest injection token of the process's logger. */
export const LOGGER = Symbol('Logger');

/** Where credentials would stand if someone logged a request or a configuration whole. */
const NEVER_LOGGED = [
  '*.authorization',
  '*.cookie',
  '*.accessToken',
  '*.refreshToken',
  '*.password',
  '*.apiKey',
  '*.clientSecret',
  'headers.authorization',
  'headers.cookie',
];

const FLUSH_MS = 100;

/**
 * JSON lines, one per event, each with the traces it belongs to. Default: on stdout, without waiting for it, and under load
 * several lines at once: a write for each request that everything else waits for was up to a fifth of the API's time, and
 * one that nothing waits for still a twentieth. A line is out within a tenth of a second. A process that ends writes what is
 * left; one that is killed with SIGKILL may take its last lines with it.
 */
export function createLogger(
  { level, name }: { level: string; name: string },
  destination: DestinationStream = pino.destination({
    dest: 1,
    sync: false,
    minLength: 4_096,
    periodicFlush: FLUSH_MS,
  }),
): Logger {
  const options: LoggerOptions = {
    level,
    name,
    redact: { paths: NEVER_LOGGED, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => loggableError(error), error: (error: unknown) => loggableError(error) },
    formatters: { level: (label) => ({ level: label }) },
    mixin: (line) => ('trace_id' in line ? {} : tracesForLog()),
  };
  return pino(options, destination);
}

/** Nest's own lines (start-up, exceptions) in the same stream and form. */
export function nestLogger(logger: Logger): LoggerService {
  const at =
    (level: 'info' | 'error' | 'warn' | 'debug' | 'trace') =>
    (message: unknown, ...rest: unknown[]): void => {
      // Nest passes (message, stack?, context) for errors and (message, context) else.
      const texts = rest.filter((value) => typeof value === 'string');
      const err = message instanceof Error ? message : undefined;
      const words = err === undefined ? String(message) : loggableError(err).message;
      logger[level]({ context: texts.at(-1), err, stack: texts.length > 1 ? texts[0] : undefined }, words);
    };
  return {
    log: at('debug'),
    error: at('error'),
    warn: at('warn'),
    debug: at('debug'),
    verbose: at('trace'),
    fatal: at('error'),
  };
}
