import {
  type IdentityDocument,
  documentKey,
  normaliseDocument,
  normaliseName,
} from '#libs/identity';
import { type Problem, type Result, accept } from '#libs/problems';
import { bucketOf, isUuid } from '../platform/ids/index.js';
import type { LearnerKey } from './learners.store.js';
import type { PersonRef } from './person.js';

/** One document of a call, and everybody in the call who was named by it. */
export interface NamedDocument {
  /** Its blind index as latin1 text, the key of maps. */
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

interface Naming {
  /** The blind index of the text that stands for a normalised document. */
  readonly indexOf: (key: string) => Buffer;
  /** The institution that names the people. */
  readonly school: string | null;
  /** `yyyy-MM-dd` */
  readonly today: string;
}

/**
 * Normalises the people of a call and joins those with the same document.
 */
export function rollOf(people: readonly PersonRef[], { indexOf, school, today }: Naming): Roll {
  const documents = new Map<string, NamedDocument>();
  const indexes = new Map<string, string>();
  const indexed = (document: IdentityDocument): string => {
    const text = documentKey(document, school);
    let key = indexes.get(text);
    if (key === undefined) indexes.set(text, (key = indexOf(text).toString('latin1')));
    return key;
  };
  const roll: Roll = { documents: [], byId: [], faults: new Map() };
  for (const [position, person] of people.entries()) {
    if ('learnerId' in person) {
      addById(roll, position, person.learnerId);
      continue;
    }
    const stated = statedBy(person, today);
    if (!stated.ok) {
      roll.faults.set(position, stated.problem);
      continue;
    }
    const { name, document } = stated.value;
    const key = person.index ?? indexed(document);
    const mention = { position, name };
    const known = documents.get(key);
    if (known) {
      known.mentions.push(mention);
      known.name ??= name;
      continue;
    }
    const named = { key, document, name, mentions: [mention] };
    documents.set(key, named);
    roll.documents.push(named);
  }
  return roll;
}

type Stated = Exclude<PersonRef, { readonly learnerId: string }>;

/** The person in the stored form; whoever gave the index has brought both parts into it. */
function statedBy(person: Stated, today: string): Result<Stated> {
  if (person.index !== undefined) return accept(person);
  const { kind } = person.document;
  const number = normaliseDocument(kind, person.document.number, today);
  if (!number.ok) return number;
  const name = person.name === null ? accept(null) : normaliseName(person.name);
  if (!name.ok) return name;
  return accept({ name: name.value, document: { kind, number: number.value } });
}

function addById(roll: Roll, position: number, learnerId: string): void {
  if (isUuid(learnerId)) roll.byId.push({ position, learnerId, bucket: bucketOf(learnerId) });
  else roll.faults.set(position, { code: 'unknown-learner' });
}
