import { MAX_FILE_BYTES, type UnwrapFault } from '#libs/unwrap';
import type { ProblemCode } from '#libs/problems';
import { type Refusal, refusal } from '../../platform/http/index.js';

const CODES = {
  empty: 'document-empty',
  'too-large': 'document-too-large',
  archive: 'document-archive',
  picture: 'document-picture',
  'unknown-kind': 'document-unknown',
  damaged: 'document-damaged',
  encrypted: 'document-encrypted',
  'without-credential': 'document-without-credential',
  'several-credentials': 'document-several-credentials',
  'foreign-link': 'document-foreign-link',
  'code-digits': 'share-not-valid',
} as const satisfies Record<UnwrapFault, ProblemCode>;

/** Why a text or file could not be looked into, as the answer of this service. */
export function refusalOf(fault: UnwrapFault): Refusal {
  const params =
    fault === 'too-large' ? { mebibytes: String(MAX_FILE_BYTES / 1024 ** 2) } : undefined;
  return refusal(CODES[fault], params);
}
