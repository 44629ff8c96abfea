import type { Text } from '#libs/problems';
import type { Institution, OutcomeForm } from '../institutions/index.js';

export const QUOTA_PERIODS = ['year', 'whole'] as const;

export type QuotaPeriod = (typeof QUOTA_PERIODS)[number];

/** One institution that signs, for itself or for all below it. */
export interface Party {
  readonly institutionId: string;
  /** As the centre of a region it signs for its members, too. */
  readonly isWithMembers: boolean;
  /** Thousandths of a credit that its side accepts of one learner at most. */
  readonly accepts: bigint;
  /** Thousandths of a credit that its side accepts of all learners at most; null: no limit. */
  readonly quota: bigint | null;
  readonly quotaPer: QuotaPeriod | null;
}

export type SignedAction = 'proposed' | 'accepted' | 'refused' | 'ended';

/** What a party said. */
export interface AgreementEvent {
  readonly action: SignedAction;
  readonly institutionId: string;
  /** Of `ended`: the last day, `yyyy-mm-dd`, on which it still holds. */
  readonly endsOn: string | null;
  readonly note: string | null;
  readonly recordedAt: Date;
}

/** An agreement on record; rules rest on it by its code. */
export interface SignedAgreement {
  readonly id: string;
  readonly code: string;
  readonly title: Text;
  readonly basis: string;
  /** First and last day, `yyyy-mm-dd`. */
  readonly from: string;
  readonly to: string;
  /** What it is about; null narrows nothing. */
  readonly forms: readonly OutcomeForm[] | null;
  readonly levels: readonly string[] | null;
  readonly programmes: readonly string[] | null;
  readonly proposedBy: string;
  readonly parties: readonly Party[];
  /** The oldest first. */
  readonly events: readonly AgreementEvent[];
}

/**
 * `proposed`: not all parties have accepted. `refused`: one did not want it. `not-begun`, `in-force`
 * and `lapsed` follow from its days, `ended` from a party that gave notice.
 */
export type AgreementState = 'proposed' | 'refused' | 'not-begun' | 'in-force' | 'lapsed' | 'ended';

/** Where an agreement stands on a day, `yyyy-mm-dd`. */
export function stateOf(agreement: SignedAgreement, on: string): AgreementState {
  const { events, parties, from, to } = agreement;
  if (events.some(({ action }) => action === 'refused')) return 'refused';
  if (!parties.every(({ institutionId }) => hasAccepted(agreement, institutionId))) {
    return 'proposed';
  }
  const last = endOf(agreement);
  if (last !== null && on > last) return 'ended';
  if (on < from) return 'not-begun';
  return on > to ? 'lapsed' : 'in-force';
}

/** Whether a party wants it: proposing it says so. */
export function hasAccepted(
  { events }: Pick<SignedAgreement, 'events'>,
  institutionId: string,
): boolean {
  return events.some(
    (event) =>
      event.institutionId === institutionId &&
      (event.action === 'proposed' || event.action === 'accepted'),
  );
}

/** The last day for which some party gave notice first; null when none did. */
export function endOf({ events }: Pick<SignedAgreement, 'events'>): string | null {
  const days = events.flatMap(({ endsOn }) => endsOn ?? []).sort((a, b) => (a < b ? -1 : 1));
  return days[0] ?? null;
}

/** Which party stands for an institution: itself, or the nearest above it that signs for members. */
export function partyOf(
  { parties }: Pick<SignedAgreement, 'parties'>,
  institutionId: string,
  parents: ReadonlyMap<string, string | null>,
): Party | undefined {
  const own = parties.find((party) => party.institutionId === institutionId);
  if (own) return own;
  let above = parents.get(institutionId) ?? null;
  // Three tiers; more steps than that would be a ring.
  for (let step = 0; step < 3 && above !== null; step += 1) {
    const id: string = above;
    const party = parties.find((one) => one.institutionId === id && one.isWithMembers);
    if (party) return party;
    above = parents.get(id) ?? null;
  }
  return undefined;
}

/** To what each institution belongs. */
export function parentsOf(institutions: readonly Institution[]): Map<string, string | null> {
  return new Map(institutions.map(({ id, parentId }) => [id, parentId]));
}

/** An outcome as far as an agreement looks at it. */
export interface AgreedOutcome {
  readonly lotId: string;
  readonly institutionId: string;
  readonly form: OutcomeForm;
  readonly level: string | null;
}

/** Whether an agreement is about an outcome that one side gives and another takes. */
export function isAbout(
  agreement: SignedAgreement,
  outcome: AgreedOutcome,
  { taker, parents }: { taker: Party; parents: ReadonlyMap<string, string | null> },
): boolean {
  const { forms, levels } = agreement;
  if (forms !== null && !forms.includes(outcome.form)) return false;
  // What nobody stated is no level: an agreement about some levels is not about it.
  if (levels !== null && (outcome.level === null || !levels.includes(outcome.level))) return false;
  const giver = partyOf(agreement, outcome.institutionId, parents);
  return giver !== undefined && giver.institutionId !== taker.institutionId;
}

/** In which count of a quota an application of a day falls. */
export function periodOf({ quotaPer }: Party, on: string): string {
  return quotaPer === 'year' ? on.slice(0, 4) : 'whole';
}
