import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parseDecimal } from '#libs/credit';
import { type Actor, History } from '../history/index.js';
import { type Institution, Institutions, whyNotBegun } from '../institutions/index.js';
import { type Principal, isOverseer } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, notFound, refusal } from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import {
  type Party,
  type SignedAction,
  type SignedAgreement,
  hasAccepted,
  parentsOf,
  periodOf,
  stateOf,
} from './agreement.js';
import type {
  AgreementEndDto,
  NewAgreementDto,
  NewPartyDto,
  SignedAgreementDto,
} from './agreements.dto.js';
import { AgreementsStore } from './agreements.store.js';
import { toSignedAgreementDto } from './agreements.views.js';
import { type Taker, type Terms, sideOf } from './terms.js';

const MOST_YEARS = 30;

/** What an application counts under an agreement, in thousandths of a credit. */
export interface CountedUnder {
  readonly code: string;
  readonly amount: bigint;
}

/** Agreements that all parties sign; rules that rest on one find here whether it holds. */
@Injectable()
export class SignedAgreements {
  constructor(
    private readonly database: Database,
    private readonly store: AgreementsStore,
    private readonly institutions: Institutions,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /**
   * Proposes an agreement, which accepts it for the own side. Refuses parties that do not fit
   * (`agreement-parties`), days that do not (`agreement-days`), a code that is taken
   * (`agreement-code-taken`) and whoever may begin nothing new (`may-not-apply`).
   */
  propose(principal: Principal, wanted: NewAgreementDto): Promise<SignedAgreementDto> {
    return this.database.transaction((tx) => this.proposeWithin(tx, principal, wanted));
  }

  /** {@link propose} inside a transaction of the caller. */
  async proposeWithin(
    tx: EntityManager,
    principal: Actor,
    wanted: NewAgreementDto,
  ): Promise<SignedAgreementDto> {
    const institutions = await this.institutions.list(tx);
    const own = institutions.find(({ id }) => id === principal.institutionId);
    if (!own) throw refusal('no-institution');
    const today = this.clock.today();
    const barred = whyNotBegun(own, null, today);
    if (barred) throw new Refusal(barred);
    requireDays(wanted, today);
    const agreement = agreementOf(wanted, partiesOf(wanted.parties, institutions, own), own);
    const { code } = agreement;
    await this.store.lock(tx, code);
    const [taken] = await this.store.list(tx, [code]);
    if (taken) throw refusal('agreement-code-taken', { code });
    await this.store.insert(tx, agreement);
    await this.#say(tx, principal, { agreement, action: 'proposed', endsOn: null, note: null });
    return this.#view(tx, code);
  }

  /** A party accepts or refuses what was proposed, once. Refuses what is settled (`agreement-state`). */
  answer(principal: Principal, code: string, said: Answer): Promise<SignedAgreementDto> {
    return this.database.transaction((tx) => this.answerWithin(tx, principal, code, said));
  }

  /** {@link answer} inside a transaction of the caller. */
  answerWithin(
    tx: EntityManager,
    principal: Actor,
    code: string,
    { action, note = null }: Answer,
  ): Promise<SignedAgreementDto> {
    return this.#change(tx, { principal, code }, (agreement, own) => {
      const state = stateOf(agreement, this.clock.today());
      const isAnswered = hasAccepted(agreement, own) && action === 'accepted';
      if (state !== 'proposed' || isAnswered) throw refusal('agreement-state', { state });
      return { action, endsOn: null, note };
    });
  }

  /** A party gives notice: the agreement holds until a day and no longer. What was booked stays. */
  end(
    principal: Principal,
    code: string,
    { endsOn, reason: note }: AgreementEndDto,
  ): Promise<SignedAgreementDto> {
    return this.database.transaction((tx) =>
      this.#change(tx, { principal, code }, (agreement) => {
        const today = this.clock.today();
        const state = stateOf(agreement, today);
        if (state !== 'in-force' && state !== 'not-begun') {
          throw refusal('agreement-state', { state });
        }
        if (endsOn < today || endsOn > agreement.to) {
          throw refusal('agreement-days', { earliest: today });
        }
        return { action: 'ended', endsOn, note };
      }),
    );
  }

  /** What everybody may see: what all have signed; its parties and overseers see what is proposed. */
  async list(tx: EntityManager, principal: Principal | undefined): Promise<SignedAgreementDto[]> {
    const today = this.clock.today();
    const all = await this.store.list(tx, null);
    const visible = all.filter((one) => isVisible(one, principal, today));
    return this.#views(tx, visible);
  }

  /**
   * How the agreements of these codes stand for one programme, as far as its side has signed them.
   * What others sign or propose under a name binds nobody who did not.
   */
  async termsOf(
    tx: EntityManager,
    codes: readonly string[],
    question: Omit<Taker, 'parents' | 'institutionId'> & { institution: string },
  ): Promise<Terms[]> {
    if (codes.length === 0) return [];
    const agreements = await this.store.list(tx, codes);
    if (agreements.length === 0) return [];
    const institutions = await this.institutions.list(tx);
    const { institution, ...rest } = question;
    const { id: institutionId = '' } = institutions.find(({ code }) => code === institution) ?? {};
    const taker = { ...rest, institutionId, parents: parentsOf(institutions) };
    const terms: Terms[] = [];
    for (const agreement of agreements) {
      const side = sideOf(agreement, taker);
      if (!side || !hasAccepted(agreement, side.institutionId)) continue;
      const left = await this.#leftOf(tx, agreement, side, taker.on);
      terms.push({ agreement, taker, side, left });
    }
    return terms;
  }

  /**
   * Takes what an application counts of the quotas of its side. False, when one of them has less
   * left by now: the caller undoes its transaction and decides anew.
   */
  async take(
    tx: EntityManager,
    applicationId: string,
    counted: readonly CountedUnder[],
    question: Parameters<SignedAgreements['termsOf']>[2],
  ): Promise<boolean> {
    const codes = counted.map(({ code }) => code);
    for (const { agreement, side } of await this.termsOf(tx, codes, question)) {
      if (side.quota === null) continue;
      const amount = counted.find(({ code }) => code === agreement.code)?.amount ?? 0n;
      if (amount === 0n) continue;
      const key = keyOf(agreement, side, question.on);
      const taken = { applicationId, amount, quota: side.quota };
      if (!(await this.store.take(tx, key, taken))) return false;
    }
    return true;
  }

  /** Gives back what an application has taken of quotas. */
  giveBack(tx: EntityManager, applicationId: string): Promise<void> {
    return this.store.giveBack(tx, applicationId);
  }

  async #leftOf(
    tx: EntityManager,
    agreement: SignedAgreement,
    side: Party,
    on: string,
  ): Promise<bigint | null> {
    if (side.quota === null) return null;
    const left = side.quota - (await this.store.usedOf(tx, keyOf(agreement, side, on)));
    return left > 0n ? left : 0n;
  }

  async #change(
    tx: EntityManager,
    { principal, code }: { principal: Actor; code: string },
    decide: (agreement: SignedAgreement, own: string) => Omit<Saying, 'agreement'>,
  ): Promise<SignedAgreementDto> {
    await this.store.lock(tx, code);
    const [agreement] = await this.store.list(tx, [code]);
    const own = principal.institutionId;
    const isParty = agreement?.parties.some(({ institutionId }) => institutionId === own);
    if (!agreement || own === null || !isParty) throw notFound();
    await this.#say(tx, principal, { agreement, ...decide(agreement, own) });
    return this.#view(tx, code);
  }

  /** On the history of every party. */
  async #say(tx: EntityManager, principal: Actor, saying: Saying): Promise<void> {
    const { agreement, action, endsOn, note } = saying;
    const event = { action, institutionId: principal.institutionId as string, endsOn, note };
    await this.store.addEvent(tx, agreement.id, { ...event, actor: principal.id });
    for (const { institutionId } of agreement.parties) {
      await this.history.record(tx, principal, {
        institutionId,
        subject: { kind: 'agreement', id: agreement.code },
        action,
        after: { by: principal.institutionId, endsOn },
        note,
      });
    }
  }

  async #view(tx: EntityManager, code: string): Promise<SignedAgreementDto> {
    const [view] = await this.#views(tx, await this.store.list(tx, [code]));
    if (!view) throw new Error(`the agreement ${code} is not there`);
    return view;
  }

  async #views(
    tx: EntityManager,
    agreements: readonly SignedAgreement[],
  ): Promise<SignedAgreementDto[]> {
    const today = this.clock.today();
    const institutions = new Map((await this.institutions.list(tx)).map((one) => [one.id, one]));
    const views: SignedAgreementDto[] = [];
    for (const agreement of agreements) {
      const left = new Map<string, bigint | null>();
      for (const side of agreement.parties) {
        left.set(side.institutionId, await this.#leftOf(tx, agreement, side, today));
      }
      views.push(toSignedAgreementDto(agreement, { institutions, left, today }));
    }
    return views;
  }
}

/** What a party says to a proposal. */
export interface Answer {
  readonly action: 'accepted' | 'refused';
  readonly note?: string | null;
}

interface Saying {
  readonly agreement: Pick<SignedAgreement, 'id' | 'code' | 'parties'>;
  readonly action: SignedAction;
  readonly endsOn: string | null;
  readonly note: string | null;
}

function keyOf({ id }: SignedAgreement, side: Party, on: string) {
  return { agreementId: id, institutionId: side.institutionId, period: periodOf(side, on) };
}

function isVisible(
  agreement: SignedAgreement,
  principal: Principal | undefined,
  today: string,
): boolean {
  const state = stateOf(agreement, today);
  if (state !== 'proposed' && state !== 'refused') return true;
  if (!principal) return false;
  const own = principal.institutionId;
  return (
    isOverseer(principal) || agreement.parties.some(({ institutionId }) => institutionId === own)
  );
}

function requireDays({ from, to }: NewAgreementDto, today: string): void {
  const latest = `${String(Number(from.slice(0, 4)) + MOST_YEARS).padStart(4, '0')}${from.slice(4)}`;
  if (to < from || to < today || to > latest) throw refusal('agreement-days', { earliest: today });
}

function agreementOf(
  wanted: NewAgreementDto,
  parties: readonly Party[],
  own: Institution,
): Omit<SignedAgreement, 'events'> {
  const { code, title, basis, from, to } = wanted;
  return {
    id: newId(),
    code,
    title: { zh: title.zh, en: title.en },
    basis,
    from,
    to,
    forms: wanted.forms ?? null,
    levels: wanted.levels ?? null,
    programmes: wanted.programmes ?? null,
    proposedBy: own.id,
    parties,
  };
}

function partiesOf(
  wanted: readonly NewPartyDto[],
  institutions: readonly Institution[],
  own: Institution,
): Party[] {
  const parties = wanted.map((party): Party => {
    const institution = institutions.find(({ code }) => code === party.institution);
    const isWithMembers = party.withMembers ?? false;
    if (!institution || (isWithMembers && institution.tier === 'member-unit')) {
      throw refusal('agreement-parties');
    }
    const quota = party.quota === undefined ? null : amountOf(party.quota);
    return {
      institutionId: institution.id,
      isWithMembers,
      accepts: amountOf(party.accepts),
      quota,
      quotaPer: quota === null ? null : (party.quotaPer ?? 'year'),
    };
  });
  const ids = new Set(parties.map(({ institutionId }) => institutionId));
  if (ids.size < parties.length || !ids.has(own.id)) throw refusal('agreement-parties');
  return parties;
}

/** Thousandths of a credit; the body was checked to be a decimal with at most three places. */
function amountOf(credits: string): bigint {
  const value = parseDecimal(credits);
  if (!value) throw refusal('amount-out-of-range');
  return (value.num * 1000n) / value.den;
}
