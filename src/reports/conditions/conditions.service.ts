import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { inputFault } from '#libs/indicators';
import {
  type ReportedSchool,
  STANDARDS,
  type SchoolFacts,
  assess,
  conditionInputOf,
  standardOf,
  warningsOf,
} from '#libs/reports';
import { History } from '../../history/index.js';
import { type Institution, Institutions } from '../../institutions/index.js';
import { type Principal, isOverseer } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import {
  encodeCursor,
  momentCursor,
  notFound,
  refusal,
  toPage,
} from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import type {
  ConditionInputDto,
  ConditionInputPageDto,
  ConditionInputsQuery,
  NewConditionDto,
  NewSchoolStandardDto,
  SchoolConditionsDto,
  SchoolConditionsListDto,
  StandardListDto,
} from './conditions.dto.js';
import { ConditionsStore, type StoredCondition } from './conditions.store.js';
import { toStandardDto, toStatedDto, toWarningDto } from './conditions.views.js';

/** School conditions (办学条件): what schools state, against the standard that counts for each. */
@Injectable()
export class Conditions {
  constructor(
    private readonly database: Database,
    private readonly store: ConditionsStore,
    private readonly institutions: Institutions,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  standards(): StandardListDto {
    return { items: STANDARDS.map(toStandardDto) };
  }

  /** Every school with a standard or a statement; a school's people see their own only. */
  show(principal: Principal, on: string | undefined): Promise<SchoolConditionsListDto> {
    const day = on ?? this.clock.today();
    return this.database.read(async (tx) => {
      const schools = await this.within(tx, day, whose(principal));
      const items = schools.map(({ code, name, standard, conditions, inputs }) => ({
        code,
        name,
        standard,
        conditions: [...conditions],
        inputs: [...inputs],
      }));
      const facts = items.map((school) => factsOf(school));
      return { on: day, items, warnings: warningsOf(facts, day).map(toWarningDto) };
    });
  }

  /**
   * The schools as they count on a day, in the order of their codes: those for which a standard
   * counts or that stated something; with an institution, that one whatever it stated.
   */
  async within(
    tx: EntityManager,
    day: string,
    institutionId: string | null,
  ): Promise<ReportedSchool[]> {
    const all = await this.institutions.list(tx);
    const stated = await this.store.listInForce(tx, { on: day, knownAt: null, institutionId });
    const standards = await this.store.standardsInForce(tx, day);
    const byInstitution = new Map<string, StoredCondition[]>();
    for (const one of stated) {
      const own = byInstitution.get(one.institutionId);
      if (own) own.push(one);
      else byInstitution.set(one.institutionId, [one]);
    }
    const isWanted = ({ id }: Institution): boolean =>
      institutionId === null ? standards.has(id) || byInstitution.has(id) : id === institutionId;
    return all
      .filter(isWanted)
      .sort((a, b) => (a.code < b.code ? -1 : 1))
      .map((one) => schoolOf(one, standards.get(one.id), byInstitution.get(one.id) ?? []));
  }

  list(principal: Principal, query: ConditionInputsQuery): Promise<ConditionInputPageDto> {
    const { after, limit } = query;
    const cursor = momentCursor(after);
    return this.database.read(async (tx) => {
      const institutionId = await this.#named(tx, principal, query.institution);
      const page = { code: null, institutionId, after: cursor, limit: limit + 1 };
      const rows = await this.store.list(tx, page);
      const codes = new Map((await this.institutions.list(tx)).map(({ id, code }) => [id, code]));
      const { items, next } = toPage(rows, limit, ({ recordedAt, id }) =>
        encodeCursor(recordedAt.toISOString(), id),
      );
      return { items: items.map((row) => toInputDto(row, codes)), next };
    });
  }

  state(principal: Principal, wanted: NewConditionDto): Promise<ConditionInputDto> {
    return this.database.transaction((tx) => this.stateWithin(tx, principal, wanted));
  }

  /**
   * States a figure inside a transaction of the caller; what was stated before stays and no longer
   * counts. Throws `input-not-whole`, `condition-needs-school`, `not-found` for what is not yours.
   */
  async stateWithin(
    tx: EntityManager,
    principal: Principal,
    { code, institution, on, value, source }: NewConditionDto,
  ): Promise<ConditionInputDto> {
    const input = conditionInputOf(code);
    if (input && inputFault(input, value) !== null) throw refusal('input-not-whole', { code });
    const institutionId = await this.#named(tx, principal, institution);
    if (institutionId === null) throw refusal('condition-needs-school');
    const about = await this.institutions.getById(tx, institutionId);
    const stored: StoredCondition = {
      id: newId(),
      institutionId,
      code,
      on,
      value,
      source,
      actor: principal.id,
      recordedAt: this.clock.now(),
    };
    await this.store.insert(tx, { ...stored, actorInstitution: principal.institutionId });
    const after = toInputDto(stored, new Map([[about.id, about.code]]));
    await this.history.record(tx, principal, {
      institutionId,
      subject: { kind: 'school-condition', id: stored.id },
      action: 'stated',
      after,
    });
    return after;
  }

  setStandard(principal: Principal, wanted: NewSchoolStandardDto): Promise<SchoolConditionsDto> {
    return this.database.transaction(async (tx) => {
      const institution = await this.setStandardWithin(tx, principal, wanted);
      const [school] = await this.within(tx, this.clock.today(), institution.id);
      if (!school) throw new Error('the institution was there a moment ago');
      return { ...school, conditions: [...school.conditions], inputs: [...school.inputs] };
    });
  }

  /** Says which standard counts for a school. Throws `not-found`. */
  async setStandardWithin(
    tx: EntityManager,
    principal: Principal,
    { institution: code, standard, from }: NewSchoolStandardDto,
  ): Promise<Institution> {
    const institution = await this.institutions.getByCode(tx, code);
    const stored = {
      id: newId(),
      institutionId: institution.id,
      standard,
      from,
      actor: principal.id,
      recordedAt: this.clock.now(),
    };
    await this.store.insertStandard(tx, stored);
    await this.history.record(tx, principal, {
      institutionId: institution.id,
      subject: { kind: 'school-standard', id: stored.id },
      action: 'set',
      after: { standard, from },
    });
    return institution;
  }

  /** Whose figures are meant: null is every school. Throws `not-found` for what is not yours. */
  async #named(
    tx: EntityManager,
    principal: Principal,
    code: string | undefined,
  ): Promise<string | null> {
    const own = whose(principal);
    if (code === undefined) return own;
    const { id } = await this.institutions.getByCode(tx, code);
    if (own !== null && id !== own) throw notFound();
    return id;
  }
}

/** Facts of which only the conditions are known. */
function factsOf({ code, name, standard, conditions }: SchoolConditionsDto): SchoolFacts {
  return {
    code,
    name,
    conditions: standard === null ? null : conditions,
    pathwayPass: null,
    onward: null,
    programmeMatch: null,
    learners: [],
  };
}

/** Null is every school. */
function whose(principal: Principal): string | null {
  if (isOverseer(principal)) return null;
  if (principal.institutionId === null) throw notFound();
  return principal.institutionId;
}

function schoolOf(
  { code, name }: Institution,
  standardId: string | undefined,
  stated: readonly StoredCondition[],
): ReportedSchool {
  const standard = standardId === undefined ? undefined : standardOf(standardId);
  return {
    code,
    name: { zh: name.zh, en: name.en },
    standard: standard
      ? { id: standard.id, version: standard.version, title: standard.title }
      : null,
    conditions: standard ? assess(standard, stated) : [],
    inputs: stated.map(toStatedDto),
  };
}

function toInputDto(row: StoredCondition, codes: ReadonlyMap<string, string>): ConditionInputDto {
  return {
    ...toStatedDto(row),
    id: row.id,
    institution: codes.get(row.institutionId) ?? '',
    recordedAt: row.recordedAt.toISOString(),
  };
}
