import assert from 'node:assert';
import { Injectable } from '@nestjs/common';
import {
  type IdentityDocument,
  birthDateOfDocument,
  documentKey,
  maskDocument,
  nameKey,
} from '#libs/identity';
import { Keyring } from '../platform/crypto/index.js';
import { bucketOf, newId } from '../platform/ids/index.js';
import type { Permit } from './access/permit.js';
import type { SealedIdentity, SealedLearner, SealedPerson } from './learners.store.js';
import type { LearnerProfile } from './person.js';

/**
 * The only place that sees personal data and ciphertext together. A learner's name and numbers are
 * sealed under the learner's own key, each bound to its row and column.
 */
@Injectable()
export class Vault {
  constructor(private readonly keyring: Keyring) {}

  /** The keyed index of the text that stands for a normalised document. */
  indexOf(key: string): Buffer {
    return this.keyring.blindIndex(key);
  }

  /**
   * A keyed digest of a normalised name, bound to the learner: names compare without being opened,
   * and equal names of two people have nothing in common.
   */
  nameCheck(learnerId: string, name: string): Buffer {
    return this.keyring.blindIndex(nameCheckText(learnerId, name));
  }

  /** Whether a stored {@link nameCheck} is that of the name, made by whichever index version. */
  isNameOf(learnerId: string, name: string, check: Buffer): boolean {
    if (this.nameCheck(learnerId, name).equals(check)) return true;
    const older = this.keyring.olderIndexes(nameCheckText(learnerId, name));
    return older.some((one) => one.equals(check));
  }

  /** Version of the index under which everything new is filed. */
  get indexVersion(): number {
    return this.keyring.index.version;
  }

  /** Indexes of older versions under which a document may still be filed; mostly none. */
  olderIndexesOf(key: string): Buffer[] {
    return this.keyring.olderIndexes(key);
  }

  /** The present index of a stored document. */
  reindex(
    { learnerId, wrappedKey, kind, numberSealed }: SealedIdentity,
    school: string | null,
  ): Buffer {
    const key = this.keyring.unwrap(wrappedKey);
    const number = this.keyring.open(key, numberSealed, numberContext(learnerId, kind));
    return this.indexOf(documentKey({ kind, number: number.toString('utf8') }, school));
  }

  /** The present check of a stored name. */
  recheck(learnerId: string, wrappedKey: Buffer, nameSealed: Buffer): Buffer {
    const key = this.keyring.unwrap(wrappedKey);
    const name = this.keyring.open(key, nameSealed, nameContext(learnerId));
    return this.nameCheck(learnerId, name.toString('utf8'));
  }

  /** Prepares a new account; nothing is stored yet. `key`: the index of the document, as latin1. */
  sealLearner(key: string, document: IdentityDocument, name: string | null): SealedLearner {
    const learnerId = newId();
    const { key: dataKey, wrapped } = this.keyring.newDataKey();
    const { kind, number } = document;
    return {
      key,
      index: Buffer.from(key, 'latin1'),
      bucket: bucketOf(learnerId),
      learnerId,
      wrappedKey: wrapped,
      kind,
      numberSealed: this.keyring.seal(dataKey, number, numberContext(learnerId, kind)),
      nameSealed: name === null ? null : this.keyring.seal(dataKey, name, nameContext(learnerId)),
      nameCheck: name === null ? null : this.nameCheck(learnerId, name),
    };
  }

  sealName(learnerId: string, wrappedKey: Buffer, name: string): Buffer {
    return this.keyring.seal(this.keyring.unwrap(wrappedKey), name, nameContext(learnerId));
  }

  /** The day of birth that a document proves; null when its kind tells none. */
  birthDateOf(
    permit: Permit,
    { learnerId, wrappedKey, kind, numberSealed }: SealedIdentity,
  ): string | null {
    assert(permit.learnerId === learnerId && permit.allows('birth-date'), 'a permit is needed');
    const key = this.keyring.unwrap(wrappedKey);
    const number = this.keyring.open(key, numberSealed, numberContext(learnerId, kind));
    return birthDateOfDocument(kind, number.toString('utf8'));
  }

  /** The account, as far as the permit goes; what it does not allow is as if it were not known. */
  openProfile(permit: Permit, person: SealedPerson): LearnerProfile {
    const { learnerId } = permit;
    const key = this.keyring.unwrap(person.wrappedKey);
    const open = (sealed: Buffer, context: string): string =>
      this.keyring.open(key, sealed, context).toString('utf8');
    const documents = person.identities.map(({ kind, numberSealed }) => ({
      kind,
      number: open(numberSealed, numberContext(learnerId, kind)),
    }));
    const name = permit.allows('name') ? person.nameSealed : null;
    const birthDates = documents.map(({ kind, number }) => birthDateOfDocument(kind, number));
    return {
      id: learnerId,
      name: name && open(name, nameContext(learnerId)),
      identities: permit.allows('documents')
        ? documents.map(({ kind, number }) => ({ kind, masked: maskDocument(kind, number) }))
        : [],
      birthDate: permit.allows('birth-date')
        ? (birthDates.find((date) => date !== null) ?? null)
        : null,
    };
  }

  /** The documents with their whole numbers: for the learner, and for nobody else. */
  openDocuments(permit: Permit, person: SealedPerson): IdentityDocument[] {
    assert(permit.allows('documents'), 'a permit is needed');
    const key = this.keyring.unwrap(person.wrappedKey);
    return person.identities.map(({ kind, numberSealed }) => {
      const context = numberContext(permit.learnerId, kind);
      return { kind, number: this.keyring.open(key, numberSealed, context).toString('utf8') };
    });
  }
}

function nameCheckText(learnerId: string, name: string): string {
  return `name|${learnerId}|${nameKey(name)}`;
}

function nameContext(learnerId: string): string {
  return `learner:${learnerId}:name`;
}

function numberContext(learnerId: string, kind: string): string {
  return `learner:${learnerId}:number:${kind}`;
}
