import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Text } from '#libs/problems';
import { type LearnerFacts, usageOf } from '#libs/rules';
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
    private readonly clock: Clock,
  ) {}

  /** Every one with its limits, agreements first, by id. */
  list(): Promise<AgreementsDto> {
    return this.database.read(async (tx) => {
      const items: AgreementDto[] = [];
      for (const shared of await this.#inForce(tx)) items.push(await this.#view(tx, shared, null));
      return { items };
    });
  }

  /** One with its sides beside each other, and how far a learner has filled each. */
  show(principal: Principal, id: string, learner: string | undefined): Promise<AgreementDto> {
    return this.database.read(async (tx) => {
      const learnerId = learner === undefined ? null : learnerIdOf(principal, learner);
      if (learnerId !== null) {
        const reading = { purpose: 'agreement', fields: ['applications'] } as const;
        await this.reader.requireAskable(tx, principal, learnerId, reading);
      }
      const shared = (await this.#inForce(tx)).find((each) => each.id === id);
      if (!shared) throw notFound();
      return this.#view(tx, shared, learnerId);
    });
  }

  async #inForce(tx: EntityManager): Promise<SharedCap[]> {
    return sharedCapsOf(await this.rulebook.compiledInForce(tx, this.clock.today()));
  }

  async #view(
    tx: EntityManager,
    shared: SharedCap,
    learnerId: string | null,
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
    return { id, kind, title, basis, inForce: window, agrees, learnerId, sides };
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
