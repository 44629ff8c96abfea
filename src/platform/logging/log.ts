import {
  type DestinationStream,
  type Logger as Pino,
  destination,
  pino,
  stdTimeFunctions,
} from 'pino';
import { currentContext } from './context.js';
import { redact, redactText } from './redact.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export type Log = Pino;

const STANDARD_ERROR = 2;

/**
 * A log of one JSON object a line, on standard error: standard output belongs to `ready`. Whatever
 * is handed to it is searched for names, numbers and credentials before it is written.
 */
export function createLog(level: LogLevel, to?: DestinationStream): Log {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      mixin: () => currentContext() ?? {},
      formatters: {
        level: (label) => ({ level: label }),
        log: (members) => redact(members) as Record<string, unknown>,
      },
      // Otherwise pino would write an error's own members beside what the formatter lets through.
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(args, method) {
          const clean = args.map((arg) => (typeof arg === 'string' ? redactText(arg) : arg));
          method.apply(this, clean as typeof args);
        },
      },
    },
    to ?? destination({ dest: STANDARD_ERROR, sync: true }),
  );
}
