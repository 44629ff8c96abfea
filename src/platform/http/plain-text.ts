import { type ValidationOptions, registerDecorator } from 'class-validator';
import { mentionsPhone, mentionsResidentId } from '#libs/identity';

/**
 * C0 and C1 controls, zero-width and direction characters, byte order marks and lone surrogates:
 * all invisible, none part of a name or a code.
 */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|\p{Surrogate}/u;

/** True when the text holds no invisible character and can be stored as UTF-8. */
export function isPlainText(text: string): boolean {
  return !INVISIBLE.test(text);
}

/** A string without control, zero-width or direction characters. */
export function IsPlainText(options?: ValidationOptions): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isPlainText',
      target: target.constructor,
      propertyName: property as string,
      ...(options && { options }),
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isPlainText(value),
        defaultMessage: () => 'remove control, zero-width and direction characters',
      },
    });
  };
}

/** A text without ID and telephone numbers, because it becomes part of what is never changed. */
export function NamesNobody(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'namesNobody',
      target: target.constructor,
      propertyName: property as string,
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && !mentionsResidentId(value) && !mentionsPhone(value),
        defaultMessage: () => 'take ID and telephone numbers out: this text is kept in the clear',
      },
    });
  };
}
