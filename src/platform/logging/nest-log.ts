import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** What Nest tells of its own start: of use to who looks for a fault in it. */
const FRAME = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Nest's logger, and with it every `new Logger('…')`, by way of the log of the service. */
export class NestLog implements LoggerService {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  /** Nest hands over the context last, and before it a stack or more to say. */
  #write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
    const members: Record<string, unknown> = {};
    if (context !== undefined) members['context'] = context;
    for (const part of rest.slice(0, context === undefined ? undefined : -1)) {
      if (part instanceof Error) members['err'] = part;
      else if (typeof part === 'string') members['stack'] = part;
      else if (typeof part === 'object' && part !== null) Object.assign(members, part);
    }
    const isFrame = level === 'info' && context !== undefined && FRAME.has(context);
    const target = isFrame ? 'debug' : level;
    if (message instanceof Error) this.#log[target]({ ...members, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) {
      this.#log[target]({ ...members, ...message });
    } else this.#log[target](members, String(message));
  }
}
