import { firstDay, lastDay, parsePartialDate, type PartialDate } from '#libs/credit';
import { remembered } from '../remembered.js';

/** A date as precisely as it is known, and the first and last day it can mean, to be compared. */
export interface DateRead {
  readonly date: PartialDate;
  readonly first: number;
  readonly last: number;
}

/** Reads a partial date; undefined when it cannot be read. The same days stand in lot after lot. */
export const readDate = remembered((text): DateRead | undefined => {
  const date = parsePartialDate(text);
  return date && { date, first: numberOfDay(firstDay(date)), last: numberOfDay(lastDay(date)) };
});

/** `2026-10-01` as 20261001: numbers are compared faster than texts, in the same order. */
export function numberOfDay(day: string): number {
  return Number(day.replaceAll('-', ''));
}
