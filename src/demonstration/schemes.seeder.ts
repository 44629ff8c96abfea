import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parse as parseYaml } from 'yaml';
import { type PartialDate, addMonths, millicredits } from '#libs/credit';
import { Catalogue, type NewOutcomeDefinition } from '../catalogue/index.js';
import { Completions } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { findInCheckout } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { Rulebook } from '../rulebook/index.js';
import { Candidacies, type NewSchemeDto, SchemeSimulations, Schemes } from '../schemes/index.js';
import { AUTHORITY_CODE, type District } from './district.js';
import { ACTOR } from './history.seeder.js';
import type { SeededIds } from './sign-in.seeder.js';

/** What `admission.yaml` says. */
interface Admission {
  readonly outcomes: readonly {
    readonly code: string;
    readonly zh: string;
    readonly en: string;
    readonly credits: number;
    readonly levelScale?: string;
    readonly gradeScale?: string;
  }[];
  readonly completions: readonly {
    readonly learner: string;
    readonly outcome: string;
    readonly completedOn: string;
    readonly level?: string;
    readonly grade?: string;
  }[];
  readonly schemes: readonly {
    readonly code: string;
    /** In `/rulebooks/chongqing`. */
    readonly file: string;
    readonly scoring?: string;
    readonly title: NewSchemeDto['title'];
    readonly places: NewSchemeDto['places'];
  }[];
  readonly candidacies: readonly {
    readonly learner: string;
    readonly scheme: string;
    readonly major: string;
    readonly verdict?: 'admit';
  }[];
  readonly simulations: readonly {
    readonly scheme: string;
    readonly isPublic: boolean;
    readonly readings: Record<string, 'all' | 'any'>;
  }[];
}

const FILE = 'src/demonstration/district/admission.yaml';
const RULEBOOKS = 'rulebooks/chongqing';
/** Registers what its pupils won and sat. */
const SCHOOL = 'qingshan-vocational';
/** Outcomes of the district that stand where the documents say "graduation". */
const GRADUATIONS = ['MS-GRAD-QS', 'MS-GRAD-LH', 'MS-GRAD-YC'] as const;
const GRADUATES_OF = 2026;

/** Admission schemes with places, prize winners, somebody who nearly fits, and who applied. */
@Injectable()
export class SchemesSeeder {
  readonly #logger = new Logger('demonstration');

  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly completions: Completions,
    private readonly rulebook: Rulebook,
    private readonly schemes: Schemes,
    private readonly candidacies: Candidacies,
    private readonly simulations: SchemeSimulations,
    private readonly clock: Clock,
  ) {}

  /** A service without any of it is still worth starting. */
  async fill(district: District, ids: SeededIds): Promise<void> {
    const admission = parseYaml(readFileSync(findInCheckout(FILE), 'utf8')) as Admission;
    const authority = principalOf('authority', {
      institutionId: ids.institutionIds.get(AUTHORITY_CODE) ?? null,
    });
    try {
      await this.database.transaction(async (tx) => {
        await this.catalogue.create(tx, admission.outcomes.map(definitionOf));
        await this.#post(tx, admission, district, ids);
        for (const scheme of admission.schemes) await this.#publish(tx, authority, scheme);
      });
      for (const one of admission.candidacies) await this.#apply(one, ids);
      for (const { scheme, ...wanted } of admission.simulations) {
        await this.simulations.order(authority, scheme, { graduatesOf: GRADUATES_OF, ...wanted });
      }
    } catch (error) {
      this.#logger.warn(`not all admission schemes were seeded: ${(error as Error).message}`);
    }
  }

  async #post(
    tx: EntityManager,
    { completions }: Admission,
    { learners }: District,
    { institutionIds }: SeededIds,
  ): Promise<void> {
    const people = new Map(learners.map(({ ref, person }) => [ref, person]));
    const drafts = completions.map(({ learner, outcome, completedOn, level, grade }) => {
      const person = people.get(learner);
      if (!person) throw new Error(`admission.yaml: no learner ${learner}`);
      return {
        externalId: `admission-${learner}-${outcome}`,
        person,
        outcome: { code: outcome },
        completedOn: completedOn as PartialDate,
        grade: grade ?? null,
        level: level ?? null,
        minutes: null,
        credits: null,
        attendancePercent: null,
        exemptions: [],
        note: null,
        circumstances: null,
      };
    });
    const institutionId = institutionIds.get(SCHOOL) ?? '';
    const batch = { institutionId, importId: null, actor: ACTOR, drafts };
    for (const result of await this.completions.postWithin(tx, batch)) {
      if ('problem' in result) throw new Error(JSON.stringify(result.problem));
    }
  }

  /** The documents are of an example; here the authority of the district answers for them. */
  async #publish(
    tx: EntityManager,
    authority: Principal,
    { code, file, scoring, title, places }: Admission['schemes'][number],
  ): Promise<void> {
    const text = readDocument(file)
      .replace('cq-admissions-example', AUTHORITY_CODE)
      .replaceAll('has: SECONDARY-GRADUATION', `has: [${GRADUATIONS.join(', ')}]`)
      .replaceAll('outcome: SECONDARY-GRADUATION', `outcome: ${GRADUATIONS[0]}`);
    const { programme } = await this.rulebook.publish(tx, text, ACTOR);
    const today = this.clock.today();
    await this.schemes.publishWithin(tx, authority, {
      code,
      programme,
      year: Number(today.slice(0, 4)) + 1,
      title,
      opens: addMonths(today, -1),
      closes: addMonths(today, 5),
      evidenceUntil: addMonths(today, 4),
      places: [...places],
      ...(scoring !== undefined && { scoring: readDocument(scoring) }),
    });
  }

  async #apply(
    { learner, scheme, major, verdict }: Admission['candidacies'][number],
    { learnerIds, institutionIds }: SeededIds,
  ): Promise<void> {
    const { places } = await this.schemes.show(scheme);
    const place = places.find((one) => one.major === major);
    const learnerId = learnerIds.get(learner);
    if (!place || learnerId === undefined) throw new Error(`admission.yaml: ${learner} ${major}`);
    const applicant = principalOf('learner', { learnerId });
    const { id } = await this.candidacies.apply(applicant, scheme, place.id);
    if (verdict === undefined) return;
    const institutionId = institutionIds.get(place.institution.code) ?? null;
    await this.candidacies.decide(principalOf('admissions', { institutionId }), id, { verdict });
  }
}

function readDocument(name: string): string {
  return readFileSync(join(findInCheckout(RULEBOOKS), `${name}.yaml`), 'utf8');
}

function definitionOf({
  code,
  zh,
  en,
  credits,
  levelScale,
  gradeScale,
}: Admission['outcomes'][number]): NewOutcomeDefinition {
  return {
    code,
    kind: 'vocational-certificate',
    form: 'vocational-qualification',
    institutionCode: AUTHORITY_CODE,
    title: { zh, en },
    categoryCode: 'skill',
    source: 'certificate',
    credits: millicredits(credits),
    levelScale: levelScale ?? null,
    gradeScale: gradeScale ?? null,
    registration: 'members',
  };
}

function principalOf(
  role: 'authority' | 'learner' | 'admissions',
  who: Partial<Pick<Principal, 'learnerId' | 'institutionId'>>,
): Principal {
  const id = `demonstration-${role}`;
  return { id, name: id, roles: [role], institutionId: null, learnerId: null, ...who };
}
