import { Injectable } from '@nestjs/common';
import {
  type Answer,
  type JsonObject,
  type PresentationAnswer,
  type Verification,
  verifyCredential,
  verifyPresentation,
} from '#libs/credentials';
import { Clock } from '../../platform/clock/index.js';

/** Looks at credentials line by line, ours and anybody's. */
@Injectable()
export class CredentialChecks {
  constructor(private readonly clock: Clock) {}

  credential(input: string): Promise<Answer> {
    return verifyCredential(input, this.#verification());
  }

  presentation(presentation: JsonObject, isSigned: boolean): Promise<PresentationAnswer> {
    return verifyPresentation(presentation, this.#verification(), isSigned);
  }

  /** Knows keys that say themselves whose they are (did:key), and no issuer. */
  #verification(): Verification {
    return {
      now: this.clock.now(),
      resolveDid: () => Promise.resolve(undefined),
      readStatusList: () => Promise.resolve(undefined),
      knowIssuer: (name) => Promise.resolve({ standing: 'unknown', name }),
    };
  }
}
