import { Header, applyDecorators } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiProduces,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';

/** A route that answers with a signed checkpoint: text, not JSON. */
export function AnswersNote(example?: string): MethodDecorator {
  return applyDecorators(
    Header('content-type', 'text/plain; charset=utf-8'),
    ApiProduces('text/plain'),
    ApiOkResponse({
      schema: { type: 'string', ...(example !== undefined && { example }) },
    }),
  );
}

/**
 * {@link AnswersNote} for the newest checkpoint of a log (C2SP tlog-checkpoint), with an example.
 *
 * @param path of the log behind the name of the bank, as in `v1/log/seals`
 * @param size how many leaves the example says the log has
 */
export function AnswersCheckpoint(path: string, size: number): MethodDecorator {
  const name = `bank.example/${path}`;
  return AnswersNote(
    `${name}\n${size}\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n` +
      `— ${name} Az3grlgtzPICa5OS8npVmf1Myq/5IZni…\n`,
  );
}

/** What a route refuses that proves that a log only grew. */
export function RefusesSizes(): MethodDecorator {
  return applyDecorators(
    ApiBadRequestResponse({ description: 'invalid-fields, malformed-request' }),
    ApiNotFoundResponse({ description: 'beyond-the-log' }),
  );
}

/** What a route refuses that takes in a cosignature. */
export function RefusesCosignatures(): MethodDecorator {
  return applyDecorators(
    ApiUnprocessableEntityResponse({ description: 'cosignature-refused' }),
    ApiConflictResponse({ description: 'checkpoint-of-another-history' }),
  );
}
