import { type IdentityDocument, normaliseDocument, normaliseName } from '#libs/identity';
import { type Problem, accept } from '#libs/problems';
import { bucketOf, isUuid } from '../platform/ids/index.js';
import type { LearnerKey } from './learners.store.js';
import type { PersonRef } from './person.js';

/** One document of a call, and everybody in the call who was named by it. */
export interface NamedDocument {
  readonly index: Buffer;
  /** The index as latin1 text, the key of maps. */
  readonly key: string;
  readonly document: IdentityDocument;
  /** The first name given; it becomes the learner's if the learner has none. */
  name: string | null;
  readonly mentions: { readonly position: number; readonly name: string | null }[];
}

/** The people of one call, checked, and with the duplicates joined. */
export interface Roll {
  readonly documents: NamedDocument[];
  readonly byId: (LearnerKey & { readonly position: number })[];
  /** People whose statement itself is at fault, by position. */
  readonly faults: Map<number, Problem>;
}

/**
 * Normalises the people of a call and joins those with the same document.
 *
 * @param indexOf the blind index of a normalised document
 * @param today `yyyy-MM-dd`
 */
export function rollOf(
  people: readonly PersonRef[],
  indexOf: (document: IdentityDocument) => Buffer,
  today: string,
): Roll {
  const documents = new Map<string, NamedDocument>();
  const roll: Roll = { documents: [], byId: [], faults: new Map() };
  for (const [position, person] of people.entries()) {
    if ('learnerId' in person) {
      addById(roll, position, person.learnerId);
      continue;
    }
    const { kind } = person.document;
    const number = normaliseDocument(kind, person.document.number, today);
    const name = person.name === null ? accept(null) : normaliseName(person.name);
    if (!number.ok) {
      roll.faults.set(position, number.problem);
      continue;
    }
    if (!name.ok) {
      roll.faults.set(position, name.problem);
      continue;
    }
    const document = { kind, number: number.value };
    const mention = { position, name: name.value };
    const known = documents.get(`${kind}|${number.value}`);
    if (known) {
      known.mentions.push(mention);
      known.name ??= mention.name;
      continue;
    }
    const index = indexOf(document);
    const key = index.toString('latin1');
    const named = { index, key, document, name: mention.name, mentions: [mention] };
    documents.set(`${kind}|${number.value}`, named);
    roll.documents.push(named);
  }
  return roll;
}

function addById(roll: Roll, position: number, learnerId: string): void {
  if (isUuid(learnerId)) roll.byId.push({ position, learnerId, bucket: bucketOf(learnerId) });
  else roll.faults.set(position, { code: 'unknown-learner' });
}
