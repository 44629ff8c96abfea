import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Text } from '#libs/problems';
import { type LearnerFacts, usageOf } from '#libs/rules';
import { type SignedAgreementDto, SignedAgreements } from '../../agreements/index.js';
import { Institutions } from '../../institutions/index.js';
import { learnerIdOf } from '../../learners/index.js';
import type { Principal } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound } from '../../platform/http/index.js';
import { Rulebook } from '../../rulebook/index.js';
import { ApplicationReader } from '../application-reader.js';
import { FactsReader } from '../facts-reader.js';
import type { AgreementDto, AgreementSideDto, AgreementsDto } from './agreements.dto.js';
import { type SharedCap, type Side, sharedCapsOf } from './shared-caps.js';

/** Limits that several programmes share, from the rules of all sides that are in force today. */
@Injectable()
export class Agreements {
  constructor(
    private readonly database: Database,
    private readonly rulebook: Rulebook,
    private readonly reader: ApplicationReader,
    private readonly facts: FactsReader,
    private readonly institutions: Institutions,
    private readonly signedAgreements: SignedAgreements,
    private readonly clock: Clock,
  ) {}

  /** Every one with its limits, agreements first, by id; then those that no rules rest on yet. */
  list(principal: Principal | undefined): Promise<AgreementsDto> {
    return this.database.read(async (tx) => {
      const signed = await this.#signed(tx, principal);
      const items: AgreementDto[] = [];
      for (const shared of await this.#inForce(tx)) {
        items.push(await this.#view(tx, shared, { learnerId: null, signed }));
      }
      const shown = new Set(items.map(({ id }) => id));
      const others = [...signed.values()].filter(({ code }) => !shown.has(code));
      return { items: [...items, ...others.map(withoutRules)] };
    });
  }

  /** One with its sides beside each other, and how far a learner has filled each. */
  show(principal: Principal, id: string, learner: string | undefined): Promise<AgreementDto> {
    return this.database.read(async (tx) => {
      const learnerId = learner === undefined ? null : learnerIdOf(principal, learner);
      if (learnerId !== null) {
        // Who only looks after an institution has nothing to do with its learners.
        if (principal.roles.every((role) => role === 'manager')) throw notFound();
        const reading = { purpose: 'agreement', fields: ['applications'] } as const;
        await this.reader.requireAskable(tx, principal, learnerId, reading);
      }
      const signed = await this.#signed(tx, principal);
      const shared = (await this.#inForce(tx)).find((each) => each.id === id);
      if (shared) return this.#view(tx, shared, { learnerId, signed });
      const alone = signed.get(id);
      if (!alone) throw notFound();
      return withoutRules(alone);
    });
  }

  async #signed(
    tx: EntityManager,
    principal: Principal | undefined,
  ): Promise<Map<string, SignedAgreementDto>> {
    const visible = await this.signedAgreements.list(tx, principal);
    return new Map(visible.map((one) => [one.code, one]));
  }

  async #inForce(tx: EntityManager): Promise<SharedCap[]> {
    return sharedCapsOf(await this.rulebook.compiledInForce(tx, this.clock.today()));
  }

  async #view(
    tx: EntityManager,
    shared: SharedCap,
    { learnerId, signed }: Asked,
  ): Promise<AgreementDto> {
    const institutions = await this.institutions.list(tx);
    const names = new Map(institutions.map(({ code, name }) => [code, name]));
    const sides: AgreementSideDto[] = [];
    for (const side of shared.sides) {
      const facts = learnerId === null ? null : await this.#factsOf(tx, side, learnerId);
      sides.push(toSideDto(side, facts, names));
    }
    const { id, kind, title, basis, inForce, agrees } = shared;
    const window = inForce && { from: inForce.from, to: inForce.to };
    const own = kind === 'agreement' ? (signed.get(id) ?? null) : null;
    return { id, kind, title, basis, inForce: window, agrees, learnerId, sides, signed: own };
  }

  async #factsOf(
    tx: EntityManager,
    { compiled }: Side,
    learnerId: string,
  ): Promise<LearnerFacts | null> {
    if (!compiled) return null;
    const question = { learnerIds: [learnerId], compiled, applicationId: null };
    return (await this.facts.read(tx, question)).get(learnerId)?.facts ?? null;
  }
}

interface Asked {
  readonly learnerId: string | null;
  /** What is on record and may be seen, by code. */
  readonly signed: ReadonlyMap<string, SignedAgreementDto>;
}

/** An agreement on record that no rules rest on. */
function withoutRules(signed: SignedAgreementDto): AgreementDto {
  const { code: id, title, basis, from, to } = signed;
  const inForce = { from, to };
  const shown = { id, kind: 'agreement' as const, title, basis, inForce };
  return { ...shown, agrees: true, learnerId: null, sides: [], signed };
}

function toSideDto(
  { institution, accepts, compiled, cap }: Side,
  facts: LearnerFacts | null,
  names: ReadonlyMap<string, Text>,
): AgreementSideDto {
  const usage = cap && facts && usageOf(cap, facts);
  const target = compiled?.rulebook.target;
  return {
    institution,
    institutionName: names.get(institution) ?? null,
    accepts,
    programme: target?.programme ?? null,
    programmeTitle: target?.title ?? null,
    rule: compiled?.rulebook.id ?? null,
    version: compiled?.rulebook.version ?? null,
    ruleHash: compiled?.hash ?? null,
    counts: cap?.cap.counts ?? 'credits',
    used: usage?.used ?? null,
    elsewhere: usage?.elsewhere ?? null,
    left: usage?.left ?? null,
  };
}
