import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FieldFault } from '#libs/problems';
import { Refusal } from './refusal.js';

/** Checks every DTO: unknown fields are refused, and each fault names its field by JSON pointer. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) =>
      new Refusal({ code: 'invalid-fields', faults: errors.flatMap((error) => faultsOf(error)) }),
  });
}

function faultsOf(error: ValidationError, parent = ''): FieldFault[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const nested = (error.children ?? []).flatMap((child) => faultsOf(child, pointer));
  return [
    ...Object.entries(error.constraints ?? {}).map(([k, v]) => fault(error, pointer, k, v)),
    ...nested,
  ];
}

function fault(
  error: ValidationError,
  pointer: string,
  constraint: string,
  message: string,
): FieldFault {
  if (constraint === 'whitelistValidation') return { pointer, code: 'unknown-field' };
  if (error.value === undefined || error.value === null || error.value === '') {
    return { pointer, code: 'value-missing' };
  }
  if (constraint === 'isPlainText') return { pointer, code: 'control-character' };
  return { pointer, code: 'value-malformed', params: { reason: message } };
}
