import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { parse as parseYaml } from 'yaml';
import { type PartialDate, parseHours } from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import type { IdentityKind } from '#libs/identity';
import { Accounts } from '../access/index.js';
import { Catalogue, type NewOutcomeDefinition } from '../catalogue/index.js';
import { Guardianships } from '../learners/index.js';
import { Completions } from '../outcomes/index.js';
import { OutreachConsents } from '../outreach/index.js';
import type { Principal, Role } from '../platform/auth/index.js';
import { findInCheckout } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { Workload, WorkloadCoefficients, WorkloadStatements } from '../workload/index.js';
import { AUTHORITY_CODE, type District } from './district.js';
import { ACTOR } from './history.seeder.js';
import type { SeededIds } from './sign-in.seeder.js';

interface SourceCompletion {
  readonly by: string;
  readonly id: string;
  readonly who: string;
  readonly outcome: string;
  readonly from?: string;
  readonly to: string;
  readonly hours?: string;
  readonly level?: string;
  /** Circumstances in the one spelling. */
  readonly said?: string;
}

/** What `district/sources.yaml` says. */
interface SourcesFile {
  readonly catalogue: readonly NewOutcomeDefinition[];
  readonly people: Readonly<
    Record<string, { readonly name: string; readonly kind: IdentityKind; readonly number: string }>
  >;
  readonly completions: readonly SourceCompletion[];
  readonly pupils: {
    readonly clerk: string;
    readonly child: string;
    readonly guardian: string;
    readonly record: string;
    readonly completions: readonly SourceCompletion[];
  };
  readonly workload: {
    readonly coefficients: readonly { code: string; from: string; value: string; source: string }[];
    readonly statements: readonly { institution: string; period: string }[];
    readonly income: readonly {
      institution: string;
      project: string;
      on: string;
      amountFen: string;
      source: string;
    }[];
  };
}

const CONSENT_DAYS = 365;

/** Enterprises, contests, partners abroad and a school of pupils, and what is weighed of trainings. */
@Injectable()
export class SourcesSeeder {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly catalogue: Catalogue,
    private readonly completions: Completions,
    private readonly guardianships: Guardianships,
    private readonly consents: OutreachConsents,
    private readonly workload: Workload,
    private readonly coefficients: WorkloadCoefficients,
    private readonly statements: WorkloadStatements,
  ) {}

  async fill({ learners }: District, { institutionIds }: SeededIds): Promise<void> {
    const path = join(findInCheckout('src/demonstration/district'), 'sources.yaml');
    const written = parseYaml(readFileSync(path, 'utf8')) as SourcesFile;
    const file = { ...written, people: { ...peopleOf(learners), ...written.people } };
    await this.database.transaction((tx) => this.catalogue.create(tx, file.catalogue));
    for (const one of file.completions) await this.#post(file, one, institutionIds);
    await this.#reachOut(file, institutionIds);
    await this.#weigh(file, institutionIds);
  }

  async #post(
    { people }: SourcesFile,
    one: SourceCompletion,
    institutionIds: SeededIds['institutionIds'],
  ): Promise<void> {
    const person = people[one.who];
    if (!person) throw new Error(`sources.yaml: nobody is called ${one.who}`);
    const draft: CompletionDraft = {
      externalId: one.id,
      person: { name: person.name, document: { kind: person.kind, number: person.number } },
      outcome: { code: one.outcome },
      startedOn: one.from ?? null,
      completedOn: one.to as PartialDate,
      grade: null,
      level: one.level ?? null,
      minutes: one.hours === undefined ? null : (parseHours(one.hours) ?? null),
      credits: null,
      attendancePercent: null,
      exemptions: [],
      note: null,
      circumstances: one.said ?? null,
    };
    const institutionId = institutionIds.get(one.by) ?? '';
    const batch = { institutionId, importId: null, actor: ACTOR, drafts: [draft] };
    const [result] = await this.completions.postBatch(batch);
    if (!result || 'problem' in result) {
      throw new Error(`sources.yaml, ${one.id}: ${JSON.stringify(result)}`);
    }
  }

  /** A guardian agrees on paper, and then the school states what the child took part in. */
  async #reachOut(file: SourcesFile, institutionIds: SeededIds['institutionIds']): Promise<void> {
    const { clerk: signInName, child, guardian, record, completions } = file.pupils;
    const clerk = await this.database.readAcrossTenants((tx) =>
      this.accounts.findUsable(tx, { signInName }),
    );
    if (!clerk) throw new Error(`sources.yaml: nobody signs in as ${signInName}`);
    const by = principalOf('clerk', clerk.institutionId, clerk.id);
    const present = (ref: string) => {
      const { name, kind, number } = file.people[ref] as SourcesFile['people'][string];
      return { name, document: { kind, number } };
    };
    const { id: guardianship } = await this.guardianships.begin(by, {
      learner: present(child),
      guardian: present(guardian),
      record,
    });
    await this.consents.give(by, { guardianship, record, days: CONSENT_DAYS });
    for (const one of completions) await this.#post(file, one, institutionIds);
  }

  async #weigh(
    { workload: { coefficients, statements, income } }: SourcesFile,
    institutionIds: SeededIds['institutionIds'],
  ): Promise<void> {
    const authority = principalOf('authority', institutionIds.get(AUTHORITY_CODE) ?? null);
    await this.database.transaction(async (tx) => {
      for (const one of coefficients) await this.coefficients.layDown(tx, authority, one, ACTOR);
    });
    for (const statement of statements) await this.statements.close(authority, statement);
    for (const { institution, ...stated } of income) {
      const registrar = principalOf('registrar', institutionIds.get(institution) ?? null);
      await this.workload.stateIncome(registrar, stated);
    }
  }
}

/** The learners of the district by `ref`, as this file writes people. */
function peopleOf(learners: District['learners']): SourcesFile['people'] {
  return Object.fromEntries(
    learners.flatMap(({ ref, person: { name, document } }) =>
      name === null ? [] : [[ref, { name, ...document }]],
    ),
  );
}

function principalOf(
  role: Role,
  institutionId: string | null,
  id = `demonstration-${role}`,
): Principal {
  return { id, name: id, roles: [role], institutionId, learnerId: null };
}
