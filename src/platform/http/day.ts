import { type ValidationOptions, registerDecorator } from 'class-validator';
import { parsePartialDate } from '#libs/credit';

/** A day of the calendar, `yyyy-mm-dd`; 30 February is none. */
export function IsDay(options?: ValidationOptions): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isDay',
      target: target.constructor,
      propertyName: property as string,
      ...(options && { options }),
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          /^\d{4}-\d{2}-\d{2}$/.test(value) &&
          parsePartialDate(value) !== undefined,
        defaultMessage: () => 'use a day of the calendar as yyyy-mm-dd',
      },
    });
  };
}
