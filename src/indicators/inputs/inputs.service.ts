import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { INPUTS, type InputDefinition, inputFault, inputOf, titleOf } from '#libs/indicators';
import type { Text } from '#libs/problems';
import { History } from '../../history/index.js';
import { Institutions } from '../../institutions/index.js';
import type { Principal } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { encodeCursor, momentCursor, refusal, toPage } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import type {
  InputDto,
  InputKindDto,
  InputPageDto,
  InputsQuery,
  NewInputDto,
} from './inputs.dto.js';
import type { DatedFigure } from './dated-figures.js';
import { InputsStore } from './inputs.store.js';

/** Figures from outside the ledger: entered with a date and a source, never changed. */
@Injectable()
export class IndicatorInputs {
  constructor(
    private readonly database: Database,
    private readonly store: InputsStore,
    private readonly institutions: Institutions,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** What can be entered. */
  kinds(): InputKindDto[] {
    return INPUTS.map(({ code, title, scope, isWhole }) => ({
      code,
      title,
      scope,
      whole: isWhole,
    }));
  }

  /** Everything that was entered, the newest first. */
  list({ code, after, limit }: InputsQuery): Promise<InputPageDto> {
    const cursor = momentCursor(after);
    return this.database.read(async (tx) => {
      const page = { code: code ?? null, institutionId: null, after: cursor, limit: limit + 1 };
      const rows = await this.store.list(tx, page);
      const codes = await this.#codesById(tx);
      const { items, next } = toPage(rows, limit, ({ recordedAt, id }) =>
        encodeCursor(recordedAt.toISOString(), id),
      );
      return { items: items.map((row) => toDto(row, codes)), next };
    });
  }

  /** Enters a figure; what was entered before about the same day stays and no longer counts. */
  enter(principal: Principal, wanted: NewInputDto): Promise<InputDto> {
    return this.database.transaction((tx) => this.enterWithin(tx, principal, wanted));
  }

  /**
   * {@link enter} inside a transaction of the caller. Throws `input-not-whole`,
   * `input-of-district`, `not-found` for an institution that there is not.
   */
  async enterWithin(
    tx: EntityManager,
    principal: Principal,
    { code, institution, on, value, source }: NewInputDto,
  ): Promise<InputDto> {
    requireSound(inputOf(code) as InputDefinition, { institution, value });
    const about =
      institution === undefined ? null : await this.institutions.getByCode(tx, institution);
    const input: DatedFigure = {
      id: newId(),
      code,
      institutionId: about?.id ?? null,
      on,
      value,
      source,
      actor: principal.id,
      recordedAt: this.clock.now(),
    };
    await this.store.insert(tx, { ...input, actorInstitution: principal.institutionId });
    const codes = new Map(about ? [[about.id, about.code]] : []);
    const after = toDto(input, codes);
    await this.history.record(tx, principal, {
      institutionId: input.institutionId,
      subject: { kind: 'indicator-input', id: input.id },
      action: 'entered',
      after,
    });
    return after;
  }

  /**
   * What counts for the district on a day: what was entered for it as a whole, or else what the code
   * has as long as nobody entered anything; null where it has nothing.
   */
  async ofDistrict(
    tx: EntityManager,
    code: string,
    on: string,
  ): Promise<{ value: string; on: string | null; source: Text } | null> {
    const inForce = await this.store.listInForce(tx, { on, knownAt: null, institutionId: null });
    const entered = inForce.find((one) => one.code === code && one.institutionId === null);
    if (entered) {
      const { value, source } = entered;
      return { value, on: entered.on, source: { zh: source, en: source } };
    }
    const otherwise = inputOf(code)?.otherwise;
    return otherwise ? { ...otherwise, on: null } : null;
  }

  async #codesById(tx: EntityManager): Promise<Map<string, string>> {
    const all = await this.institutions.list(tx);
    return new Map(all.map(({ id, code }) => [id, code]));
  }
}

function requireSound(
  definition: InputDefinition,
  { institution, value }: { institution: string | undefined; value: string },
): void {
  const { code, scope } = definition;
  if (inputFault(definition, value) !== null) throw refusal('input-not-whole', { code });
  if (scope === 'district' && institution !== undefined)
    throw refusal('input-of-district', { code });
}

function toDto(
  { id, code, institutionId, on, value, source, recordedAt }: DatedFigure,
  codes: ReadonlyMap<string, string>,
): InputDto {
  return {
    id,
    code,
    title: titleOf(code),
    institution: institutionId === null ? null : (codes.get(institutionId) ?? null),
    on,
    value,
    source,
    recordedAt: recordedAt.toISOString(),
  };
}
