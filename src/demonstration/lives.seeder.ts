import { Injectable } from '@nestjs/common';
import { Accounts } from '../access/index.js';
import { Consents, Guardianships } from '../learners/index.js';
import { Outcomes } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { LearnerQueries } from '../queries/index.js';
import { Shares, Verifications } from '../verification/index.js';
import type { District, DistrictLives, DistrictQuestion } from './district.js';
import type { SeededIds } from './sign-in.seeder.js';

/** Where the looks of the district come from. */
const ADDRESS = '127.0.0.1';

/** Lets learners do what people do with a record, so that their pages have something to show. */
@Injectable()
export class LivesSeeder {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly shares: Shares,
    private readonly verifications: Verifications,
    private readonly consents: Consents,
    private readonly guardianships: Guardianships,
    private readonly outcomes: Outcomes,
    private readonly queries: LearnerQueries,
  ) {}

  async live(district: District, ids: SeededIds): Promise<void> {
    const { lives } = district;
    for (const share of lives.shares) await this.#share(share, ids);
    for (const { learner, wanted } of lives.consents) {
      await this.consents.give(learnerOf(ids, learner), wanted);
    }
    for (const question of lives.questions) await this.#ask(question, ids);
    for (const guardian of lives.guardians) await this.#guard(guardian, district);
  }

  async #share(
    { learner, wanted, openedBy }: DistrictLives['shares'][number],
    ids: SeededIds,
  ): Promise<void> {
    const { share } = await this.shares.create(learnerOf(ids, learner), wanted, null);
    for (const office of openedBy) {
      const principal =
        office === null ? undefined : staffOf(ids.institutionIds.get(office) ?? '', 'admissions');
      await this.verifications.verify({ code: share.code }, { principal, address: ADDRESS });
    }
  }

  async #ask(question: DistrictQuestion, ids: SeededIds): Promise<void> {
    const { learner, school, outcome, course, on, words, answer } = question;
    const asker = learnerOf(ids, learner);
    const about =
      outcome === undefined
        ? { school, course, on }
        : { outcome: await this.#idOf(asker, outcome) };
    const { id } = await this.queries.ask(asker, { ...about, words });
    if (!answer) return;
    await this.queries.answer(
      staffOf(ids.institutionIds.get(school) ?? '', 'registrar'),
      id,
      answer,
    );
  }

  /** The learner's outcome of a code. */
  async #idOf({ learnerId }: Principal, code: string): Promise<string> {
    const held = await this.database.readAcrossTenants((tx) =>
      this.outcomes.listOf(tx, learnerId ?? ''),
    );
    const found = held.find(({ definition }) => definition.code === code);
    if (!found) throw new Error(`lives.yaml: ${learnerId} has no ${code}`);
    return found.outcome.lotId;
  }

  async #guard(
    { learner, guardian, recordedBy, record }: DistrictLives['guardians'][number],
    district: District,
  ): Promise<void> {
    const clerk = await this.database.readAcrossTenants((tx) =>
      this.accounts.findUsable(tx, { signInName: recordedBy }),
    );
    if (!clerk) throw new Error(`lives.yaml: nobody signs in as ${recordedBy}`);
    const { id, institutionId } = clerk;
    const by: Principal = {
      id,
      name: recordedBy,
      roles: ['clerk'],
      institutionId,
      learnerId: null,
    };
    await this.guardianships.begin(by, {
      learner: presentPerson(district, learner),
      guardian: presentPerson(district, guardian),
      record,
    });
  }
}

/** Somebody of the files, with the document in the hand. */
function presentPerson(
  { learners }: District,
  ref: string,
): { name: string; document: District['learners'][number]['person']['document'] } {
  const person = learners.find((one) => one.ref === ref)?.person;
  if (!person?.name) throw new Error(`lives.yaml: nobody with a name is called ${ref}`);
  return { name: person.name, document: person.document };
}

function learnerOf({ learnerIds }: SeededIds, ref: string): Principal {
  const learnerId = learnerIds.get(ref);
  if (learnerId === undefined) throw new Error(`lives.yaml: nobody is called ${ref}`);
  const name = 'demonstration-learner';
  return { id: name, name, roles: ['learner'], institutionId: null, learnerId };
}

function staffOf(institutionId: string, role: 'admissions' | 'registrar'): Principal {
  const name = `demonstration-${role}`;
  return { id: name, name, roles: [role], institutionId, learnerId: null };
}
