import { formatCredits, formatHours } from '#libs/credit';
import type { Finding, Grant, LearnerFacts, LotScope, OutcomeFact } from '#libs/rules';
import type { ProgrammeCount } from '../ledger/index.js';
import type { HeldOutcome } from '../outcomes/index.js';
import { dayOf } from '../platform/clock/index.js';
import type { BookedGrant, RecordedFinding } from './application.js';

/** What is known of a learner when a programme decides. */
export interface KnownOfLearner {
  /** `yyyy-mm-dd` from a document; null when none proves it. */
  readonly birthDate: string | null;
  readonly outcomes: readonly HeldOutcome[];
  readonly codeOfInstitution: ReadonlyMap<string, string>;
  readonly findings: readonly RecordedFinding[];
  /** Grants booked so far, of every programme. */
  readonly booked: readonly BookedGrant[];
  /** Grants of other applications that are decided and not yet booked or closed. */
  readonly pending: readonly BookedGrant[];
  /** Whether the programme uses credit up or counts it beside others. */
  readonly scope: LotScope;
  /** What the programme itself holds and counts of a lot without having used it up. */
  readonly counted: ReadonlyMap<string, ProgrammeCount>;
  /** The month of the intended graduation, `yyyy-mm`; null when nobody said. */
  readonly graduates: string | null;
}

/**
 * The facts for a decision of one programme. Nothing is invented: what no record states is null.
 * A pending grant counts like a booked one, so that two applications under review together can
 * break no cap and fill no course twice.
 */
export function learnerFacts(known: KnownOfLearner, programme: string): LearnerFacts {
  const granted = [...known.booked, ...known.pending];
  return {
    born: known.birthDate,
    outcomes: known.outcomes.map((held) => outcomeFact(held, known, programme)),
    findings: known.findings.map(({ what, lotId, course, value }): Finding => ({
      what,
      lot: lotId,
      course,
      value,
    })),
    granted: granted.filter((one) => one.programme === programme).map(({ grant }) => grant),
    // No record of enrolments reaches this service yet.
    enrolledIn: [],
    ...(known.graduates !== null && { graduates: known.graduates }),
  };
}

function outcomeFact(held: HeldOutcome, known: KnownOfLearner, programme: string): OutcomeFact {
  const { outcome, definition, lot } = held;
  const own = known.counted.get(outcome.lotId);
  const available = roomOf(lot, own);
  // Credit that is wholly held says so by its state; what is left of a lot that is partly held, or
  // a lot without credit, must show the pending use itself.
  const isHeld = lot !== null && lot.held + (own?.pledged ?? 0n) > 0n;
  const isWhollyHeld = isHeld && available === 0n;
  const uses = isWhollyHeld ? known.booked : [...known.booked, ...known.pending];
  // As long as nobody used any of it up, what other programmes count is none of this one's concern.
  const isApart = known.scope === 'per-programme' && lot !== null && lot.held + lot.used === 0n;
  return {
    lot: outcome.lotId,
    outcome: definition.code,
    title: definition.title.zh,
    source: definition.source,
    kind: definition.kind,
    category: definition.category.code,
    issuer: known.codeOfInstitution.get(outcome.institutionId) ?? outcome.institutionId,
    grade: outcome.grade,
    gradeScale: definition.gradeScale,
    passGrade: definition.passGrade,
    level: outcome.level,
    levelScale: definition.levelScale,
    credits: lot && formatCredits(lot.deposited),
    available: formatCredits(available),
    hours: outcome.minutes === null ? null : formatHours(outcome.minutes),
    attendancePercent: outcome.attendancePercent,
    completed: outcome.completedOn,
    deposited: lot && dayOf(lot.depositedAt),
    expiresOn: lot?.expiresOn ?? null,
    state: factState(held, isWhollyHeld),
    usedFor: uses
      .filter((use) => usesLot(use.grant, outcome.lotId))
      .filter((use) => !isApart || use.programme === programme)
      .map(({ programme, grant }) => ({ programme, course: grant.course })),
  };
}

/** What a reader must know first: that it is revoked, that it gives nothing, that it is held. */
function factState({ outcome, state }: HeldOutcome, isWhollyHeld: boolean): OutcomeFact['state'] {
  if (state === 'revoked') return state;
  if (hasFailed(outcome)) return 'failed';
  return isWhollyHeld ? 'held' : state;
}

/** What of a lot is left for the programme: nothing that it holds or counts already. */
function roomOf(lot: HeldOutcome['lot'], own: ProgrammeCount | undefined): bigint {
  const room = (lot?.available ?? 0n) - (own ? own.pledged + own.counted : 0n);
  return room > 0n ? room : 0n;
}

/** A course below its pass mark or attended too little: the record counts for nothing (R10, R17). */
function hasFailed({ noCreditReason }: HeldOutcome['outcome']): boolean {
  return noCreditReason === 'below-pass-grade' || noCreditReason === 'attendance-too-low';
}

function usesLot(grant: Grant, lotId: string): boolean {
  return grant.uses.some((use) => use.lot === lotId);
}
