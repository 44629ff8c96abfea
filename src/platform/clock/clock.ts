import { Injectable } from '@nestjs/common';

/** The calendar day of the service is the day in China (UTC+8, no daylight saving). */
const OFFSET_MS = 8 * 60 * 60 * 1000;

/** Time as an injected service, so that a test can stand on any day. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Today as `yyyy-mm-dd`. */
  today(): string {
    return dayOf(this.now());
  }
}

/** The calendar day in China on which a moment falls, `yyyy-mm-dd`. */
export function dayOf(moment: Date): string {
  return new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The moment at which a calendar day begins in China. */
export function startOfDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MS);
}
