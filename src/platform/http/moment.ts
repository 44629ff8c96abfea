import { type ValidationOptions, registerDecorator } from 'class-validator';
import { parsePartialDate } from '#libs/credit';

/** RFC 3339: a day, a time of day and an offset. A leap second is none that a clock here shows. */
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

/** The moment that a text names, to the millisecond; undefined when it is no RFC 3339 moment. */
export function parseMoment(text: string): Date | undefined {
  const day = MOMENT.exec(text)?.[1];
  if (day === undefined || parsePartialDate(day) === undefined) return undefined;
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** A moment as RFC 3339 writes it, for example `2026-11-23T09:30:00Z`. */
export function IsMoment(options?: ValidationOptions): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isMoment',
      target: target.constructor,
      propertyName: property as string,
      ...(options && { options }),
      validator: {
        validate: (value: unknown) => typeof value === 'string' && parseMoment(value) !== undefined,
        defaultMessage: () => 'use a moment with its offset, for example 2026-11-23T09:30:00Z',
      },
    });
  };
}
