import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type CompiledRulebook,
  type GrantedElsewhere,
  type LearnerFacts,
  accountFacts,
  scopeOf,
  sharesAccounts,
} from '#libs/rules';
import { SignedAgreements, type Terms, agreementFact } from '../agreements/index.js';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { Ledger, type ProgrammeCount } from '../ledger/index.js';
import { type HeldOutcome, Outcomes } from '../outcomes/index.js';
import { Clock } from '../platform/clock/index.js';
import { Rulebook } from '../rulebook/index.js';
import { type BookedGrant, decisionOf } from './application.js';
import { ApplicationsStore } from './applications.store.js';
import { DecisionsStore } from './decisions.store.js';
import { learnerFacts } from './facts.js';

/** Whose facts are wanted, and for the rules of which programme. */
export interface FactsQuestion {
  readonly learnerIds: readonly string[];
  readonly compiled: CompiledRulebook;
  /** The application that asks; what it holds itself does not stand in its way. */
  readonly applicationId: string | null;
  /**
   * The month of the intended graduation, `yyyy-mm`, or null for none; left out, it is what each
   * learner's newest application for the programme states.
   */
  readonly graduates?: string | null;
  /** The day, `yyyy-mm-dd`, for which agreements are read; today when left out. */
  readonly on?: string;
}

/** What is known of one learner. */
export interface KnownFacts {
  readonly facts: LearnerFacts;
  /** The learner's outcomes, which the facts were made of. */
  readonly outcomes: readonly HeldOutcome[];
}

/** Reads what is known of learners: one or hundreds at once, at the same number of queries. */
@Injectable()
export class FactsReader {
  constructor(
    private readonly applications: ApplicationsStore,
    private readonly decisions: DecisionsStore,
    private readonly outcomes: Outcomes,
    private readonly ledger: Ledger,
    private readonly learners: Learners,
    private readonly institutions: Institutions,
    private readonly rulebook: Rulebook,
    private readonly agreements: SignedAgreements,
    private readonly clock: Clock,
  ) {}

  /** Facts of every learner that is asked for; who has nothing has facts that say so. */
  async read(tx: EntityManager, question: FactsQuestion): Promise<Map<string, KnownFacts>> {
    const linked = await this.learners.selvesOfMany(tx, question.learnerIds);
    if (linked.size === 0) return this.#read(tx, question, (id) => id);
    // What stands under any account of a person is known of the person, by whichever one asks.
    const survivorOf = new Map<string, string>();
    for (const selves of linked.values()) for (const id of selves) survivorOf.set(id, selves[0]);
    const personOf = (id: string): string => survivorOf.get(id) ?? id;
    const learnerIds = [...new Set([...question.learnerIds, ...survivorOf.keys()])];
    const known = await this.#read(tx, { ...question, learnerIds }, personOf);
    return new Map(question.learnerIds.map((id) => [id, known.get(personOf(id)) as KnownFacts]));
  }

  /** @param personOf the surviving account of the person behind an account */
  async #read(
    tx: EntityManager,
    question: FactsQuestion,
    personOf: (learnerId: string) => string,
  ): Promise<Map<string, KnownFacts>> {
    const { learnerIds, compiled } = question;
    const { programme } = compiled.rulebook.target;
    const scope = scopeOf(compiled.rulebook.lots);
    const institutions = await this.institutions.list(tx);
    const codeOfInstitution = new Map(institutions.map(({ id, code }) => [id, code]));
    const born = new Map<string, string>();
    for (const [id, date] of await this.learners.birthDates(tx, learnerIds)) {
      born.set(personOf(id), date);
    }
    const held = await this.outcomes.listOfMany(tx, learnerIds);
    const outcomesOf = groupBy(held, ({ outcome }) => personOf(outcome.learnerId));
    const findingsOf = groupBy(
      await this.decisions.listFindings(tx, learnerIds, programme),
      ({ learnerId }) => personOf(learnerId),
    );
    const bookedOf = groupBy(await this.decisions.listGrants(tx, learnerIds), ({ learnerId }) =>
      personOf(learnerId),
    );
    const pendingOf = groupBy(await this.#pending(tx, question), ({ learnerId }) =>
      personOf(learnerId),
    );
    const counted = await this.#counted(tx, question, held);
    const graduatesOf = await this.#graduations(tx, question);
    const signed = await this.#signed(tx, question);
    const ruleOf = await this.#ruleOfElsewhere(
      tx,
      compiled,
      [...bookedOf.values(), ...pendingOf.values()].flat(),
    );
    return new Map(
      [...new Set(learnerIds.map(personOf))].map((learnerId) => {
        const outcomes = outcomesOf.get(learnerId) ?? [];
        const known = {
          birthDate: born.get(learnerId) ?? null,
          outcomes,
          codeOfInstitution,
          findings: findingsOf.get(learnerId) ?? [],
          booked: bookedOf.get(learnerId) ?? [],
          pending: pendingOf.get(learnerId) ?? [],
          scope,
          counted,
          graduates: graduatesOf(learnerId),
        };
        const facts = { ...learnerFacts(known, programme), ...signedFacts(signed, outcomes) };
        if (!sharesAccounts(compiled)) return [learnerId, { facts, outcomes }];
        const elsewhere = byRule([...known.booked, ...known.pending], ruleOf);
        const accounts = accountFacts(compiled, elsewhere, facts.outcomes);
        return [learnerId, { facts: { ...facts, accounts }, outcomes }];
      }),
    );
  }

  /** What was signed of the agreements on which the rules rest; few rest on any. */
  #signed(tx: EntityManager, { compiled, on }: FactsQuestion): Promise<Terms[]> {
    const { agreements = [], rules, target } = compiled.rulebook;
    const codes = agreements.map(({ id }) => id).filter((id) => rules.some((r) => r.under === id));
    const { institution, programme } = target;
    const question = { institution, programme, on: on ?? this.clock.today() };
    return this.agreements.termsOf(tx, codes, question);
  }

  /** Asked for only where rules look at it: few do. */
  async #graduations(
    tx: EntityManager,
    { graduates, compiled, learnerIds }: FactsQuestion,
  ): Promise<(learnerId: string) => string | null> {
    const { calendar, target } = compiled.rulebook;
    if (graduates !== undefined) return () => graduates;
    if (!calendar || calendar.cutOffs.length === 0) return () => null;
    const stated = await this.applications.listGraduations(tx, learnerIds, target.programme);
    return (learnerId) => stated.get(learnerId) ?? null;
  }

  /** What the programme counts already of each lot. Seldom anything, so it is asked for seldom. */
  async #counted(
    tx: EntityManager,
    { learnerIds, compiled }: FactsQuestion,
    outcomes: readonly HeldOutcome[],
  ): Promise<Map<string, ProgrammeCount>> {
    if (!outcomes.some(({ lot }) => lot && lot.pledged + lot.counted > 0n)) return new Map();
    const { programme } = compiled.rulebook.target;
    const counts = await this.ledger.countsOfMany(tx, learnerIds, programme);
    return new Map(counts.map((one) => [one.lotId, one]));
  }

  /**
   * The rules by which other programmes decided, by application: only they say what counts under an
   * account there. Empty where no account is shared.
   */
  async #ruleOfElsewhere(
    tx: EntityManager,
    compiled: CompiledRulebook,
    grants: readonly BookedGrant[],
  ): Promise<Map<string, CompiledRulebook>> {
    if (!sharesAccounts(compiled)) return new Map();
    const { programme } = compiled.rulebook.target;
    const other = grants.filter((grant) => grant.programme !== programme);
    const ids = [...new Set(other.map(({ applicationId }) => applicationId))];
    const hashes = await this.decisions.listRuleHashes(tx, ids);
    const rules = new Map<string, CompiledRulebook>();
    for (const [id, hash] of hashes) rules.set(id, await this.rulebook.compiledByHash(tx, hash));
    return rules;
  }

  async #pending(
    tx: EntityManager,
    question: FactsQuestion,
  ): Promise<(BookedGrant & { readonly learnerId: string })[]> {
    const open = await this.decisions.listOpen(tx, question.learnerIds);
    return open
      .filter(({ applicationId }) => applicationId !== question.applicationId)
      .flatMap(({ document, ...whose }) =>
        decisionOf({ document }).granted.map((grant) => ({ ...whose, grant })),
      );
  }
}

/** Left out where the rules rest on no agreement that is on record. */
function signedFacts(
  terms: readonly Terms[],
  outcomes: readonly HeldOutcome[],
): Pick<LearnerFacts, 'agreements'> {
  if (terms.length === 0) return {};
  const agreed = outcomes.map(({ outcome, definition }) => ({
    lotId: outcome.lotId,
    institutionId: outcome.institutionId,
    form: definition.form,
    level: outcome.level,
  }));
  return { agreements: terms.map((each) => agreementFact(each, agreed)) };
}

/** Grants of other programmes by the rules that gave them. */
function byRule(
  grants: readonly BookedGrant[],
  ruleOf: ReadonlyMap<string, CompiledRulebook>,
): GrantedElsewhere[] {
  const groups = new Map<CompiledRulebook, BookedGrant['grant'][]>();
  for (const { applicationId, grant } of grants) {
    const rulebook = ruleOf.get(applicationId);
    if (rulebook) groups.set(rulebook, [...(groups.get(rulebook) ?? []), grant]);
  }
  return [...groups].map(([rulebook, granted]) => ({ rulebook, granted }));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
