import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { inventPassword } from '../access/index.js';
import { Institutions } from '../institutions/index.js';
import type { DemoFile } from './demo-file.js';
import type { District } from './district.js';

/** Ids by the names that the files of the district use. */
export interface SeededIds {
  readonly institutionIds: ReadonlyMap<string, string>;
  readonly learnerIds: ReadonlyMap<string, string>;
}

/** Opens the accounts and keys of the district; every secret is new and written down once. */
@Injectable()
export class SignInSeeder {
  constructor(private readonly institutions: Institutions) {}

  async open(
    tx: EntityManager,
    district: District,
    ids: SeededIds,
  ): Promise<Pick<DemoFile, 'keys' | 'accounts' | 'learners'>> {
    const nameOf = new Map(district.institutions.map(({ code, name }) => [code, name.zh]));
    const keys: DemoFile['keys'][number][] = [];
    for (const { institution, roles } of district.signIn.keys) {
      const institutionId = idOf(ids.institutionIds, institution);
      const label = `演示密钥 ${roles.join(', ')}`;
      const { key } = await this.institutions.issueKey(tx, { institutionId, roles, label });
      keys.push({
        institution: nameOf.get(institution) ?? institution,
        institutionCode: institution,
        roles,
        key,
      });
    }
    const accounts = [
      ...(await this.#openStaff(tx, district, ids)),
      ...(await this.#openLearners(tx, district, ids)),
    ];
    return { keys, accounts, learners: shownLearners(district, ids) };
  }

  async #openStaff(
    tx: EntityManager,
    { signIn }: District,
    { institutionIds }: SeededIds,
  ): Promise<DemoFile['accounts']> {
    const accounts = await this.#hashed(signIn.accounts);
    for (const { name, title, institution, roles, hash } of accounts) {
      await this.institutions.createAccount(tx, {
        signInName: name,
        password: hash,
        displayName: title,
        roles,
        institutionId: idOf(institutionIds, institution),
      });
    }
    return accounts.map(({ name, password, roles, institution }) => ({
      name,
      password,
      roles,
      institution,
    }));
  }

  async #openLearners(
    tx: EntityManager,
    { signIn }: District,
    { learnerIds }: SeededIds,
  ): Promise<DemoFile['accounts']> {
    const accounts = await this.#hashed(signIn.learners);
    const roles = ['learner'] as const;
    for (const { name, learner, hash } of accounts) {
      await this.institutions.createAccount(tx, {
        signInName: name,
        password: hash,
        displayName: name,
        roles,
        learnerId: idOf(learnerIds, learner),
      });
    }
    return accounts.map(({ name, password, learner }) => ({
      name,
      password,
      roles,
      learnerId: idOf(learnerIds, learner),
    }));
  }

  /** A new password for everybody; the hashes are computed side by side. */
  #hashed<T>(
    people: readonly T[],
  ): Promise<(T & { password: string; hash: { readonly hash: string } })[]> {
    return Promise.all(
      people.map(async (person) => {
        const password = inventPassword();
        return { ...person, password, hash: await this.institutions.hashPassword(password) };
      }),
    );
  }
}

function shownLearners(district: District, { learnerIds }: SeededIds): DemoFile['learners'] {
  return district.learners
    .filter(({ isNotable }) => isNotable)
    .map(({ ref, person, story }) => ({
      id: idOf(learnerIds, ref),
      name: person.name,
      note: story,
    }));
}

function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`demonstration district: nothing is called ${name}`);
  return id;
}
