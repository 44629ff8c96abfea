import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parseCredits } from '#libs/credit';
import type { CompiledRulebook, Decision } from '#libs/rules';
import { type CountedUnder, SignedAgreements } from '../../agreements/index.js';
import { Rulebook } from '../../rulebook/index.js';
import type { Application } from '../application.js';

/** What applications take of the quotas of agreements, and give back. */
@Injectable()
export class Quotas {
  constructor(
    private readonly agreements: SignedAgreements,
    private readonly rulebook: Rulebook,
  ) {}

  /** Takes what a decision counts under agreements; false when a quota has less left by now. */
  async take(tx: EntityManager, application: Application, decision: Decision): Promise<boolean> {
    const compiled = await this.rulebook.compiledByHash(tx, decision.rulebook.hash);
    const counted = countedUnder(compiled, decision);
    if (counted.length === 0) return true;
    const { institution, programme } = compiled.rulebook.target;
    const question = { institution, programme, on: application.on };
    return this.agreements.take(tx, application.id, counted, question);
  }

  /** Gives back what an application has taken; nothing when it has taken nothing. */
  giveBack(tx: EntityManager, { id }: Application): Promise<void> {
    return this.agreements.giveBack(tx, id);
  }
}

/** What a decision adds to what was counted under each agreement of its rules. */
function countedUnder({ rulebook }: CompiledRulebook, { caps }: Decision): CountedUnder[] {
  return (rulebook.agreements ?? []).flatMap(({ id: code }) => {
    const use = caps.find(({ cap }) => cap === code);
    if (!use) return [];
    const amount = amountOf(use.used) - amountOf(use.before);
    return amount > 0n ? [{ code, amount }] : [];
  });
}

function amountOf(credits: string): bigint {
  const parsed = parseCredits(credits);
  if (!parsed.ok) throw new Error(`a decision speaks of "${credits}" credits`);
  return parsed.amount;
}
