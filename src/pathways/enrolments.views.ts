import { formatCredits } from '#libs/credit';
import {
  type Carried,
  type ClauseAnswer,
  type FactAnswer,
  type GateAnswer,
  carriedInto,
  judgeGate,
  semesterOn,
  titleOf,
} from '#libs/pathways';
import type { HeldOutcome } from '../outcomes/index.js';
import type { Standing } from './cohort.js';
import type {
  CarriedDto,
  EnrolmentDto,
  EnrolmentEventDto,
  EnrolmentSummaryDto,
} from './enrolments.dto.js';
import type {
  ClauseAnswerDto,
  FactAnswerDto,
  GateAnswerDto,
  OutcomeReferenceDto,
} from './gates.dto.js';
import type { StoredEvent } from './pathway-record.js';
import { type Known, namedOf, toStageDtos } from './pathways.views.js';

/** What views of learners need besides. */
export interface Seen extends Known {
  readonly today: string;
}

export function toSummaryDto(
  standing: Standing,
  name: string | null,
  seen: Seen,
): EnrolmentSummaryDto {
  const { enrolment, record, position, held } = standing;
  const stages = toStageDtos(record, seen);
  return {
    id: enrolment.id,
    learnerId: enrolment.learnerId,
    name,
    pathway: record.id,
    pathwayTitle: record.pathway.document.title,
    version: record.version,
    intake: enrolment.intake,
    state: position.state,
    stateTitle: titleOf(record.pathway, position.state),
    semester: semesterOn(enrolment.intake, seen.today),
    major: position.major,
    stages: stages.map((stage, at) => ({
      ...stage,
      standing: position.stages[at]?.state ?? 'ahead',
    })),
    gives: [...position.gives],
    isOpen: position.isOpen,
    lookAgain: position.lookAgain.map(({ event, lots }) => ({
      gate: event.gate ?? '',
      title: gateTitle(standing, event.gate),
      revoked: referencesOf(lots, held),
    })),
  };
}

export function toEnrolmentDto(standing: Standing, name: string | null, seen: Seen): EnrolmentDto {
  return {
    ...toSummaryDto(standing, name, seen),
    history: standing.events.map((event) => toEventDto(event, standing, seen)),
    gates: answersOf(standing, seen.today).map((one) => toGateAnswerDto(one, standing, seen)),
    carried: carriedOf(standing, seen.today),
  };
}

/** What the gates of the present state say on a day. */
export function answersOf(
  { record, enrolment, position, outcomes }: Standing,
  on: string,
): GateAnswer[] {
  const { pathway } = record;
  return pathway.document.gates
    .filter(({ from }) => from === position.state)
    .map((gate) =>
      judgeGate(pathway, gate, {
        state: position.state,
        intake: enrolment.intake,
        on,
        outcomes,
      }),
    );
}

export function toGateAnswerDto(
  answer: GateAnswer,
  standing: Standing,
  known: Known,
): GateAnswerDto {
  const { gate, verdict, from, to, by, gives, semester, day, facts } = answer;
  return {
    gate,
    title: gateTitle(standing, gate),
    verdict,
    from,
    to,
    toTitle: titleOf(standing.record.pathway, to),
    by,
    gives: [...gives],
    semester,
    day,
    facts: facts.map((fact) => toFactDto(fact, standing, known)),
  };
}

function toFactDto(fact: FactAnswer, { held }: Standing, known: Known): FactAnswerDto {
  const { evidence, lacking, clauses, ...same } = fact;
  return {
    ...same,
    evidence: referencesOf(evidence, held),
    lacking: namedOf(lacking, known),
    clauses: clauses.map((clause) => toClauseDto(clause, held, known)),
  };
}

function toClauseDto(
  { needs, has, evidence, lacking, ...same }: ClauseAnswer,
  held: readonly HeldOutcome[],
  known: Known,
): ClauseAnswerDto {
  const amount = (value: bigint): string =>
    same.what === 'credits' ? formatCredits(value) : value.toString();
  return {
    ...same,
    needs: amount(needs),
    has: amount(has),
    evidence: referencesOf(evidence, held),
    lacking: namedOf(lacking, known),
  };
}

function toEventDto(event: StoredEvent, standing: Standing, seen: Seen): EnrolmentEventDto {
  const { pathway } = standing.record;
  const rule = pathway.document.transitions.find(({ id }) => id === event.by);
  return {
    seq: event.seq,
    event: event.event,
    gate: event.gate,
    verdict: event.verdict,
    from: event.from,
    to: event.to,
    toTitle: titleOf(pathway, event.to),
    rule: rule?.title ?? null,
    gives: [...event.gives],
    major: event.major,
    evidence: referencesOf(event.evidence, standing.held),
    day: event.day,
    recordedAt: event.recordedAt.toISOString(),
    institution: seen.institutions.get(event.institutionId ?? '')?.code ?? null,
  };
}

/** Into each stage that is reached or ahead; what was completed after a stage began is earned in it. */
function carriedOf(standing: Standing, today: string): CarriedDto[] {
  const { record, position, outcomes, events, held } = standing;
  return position.stages.flatMap(({ stage, state }, at) => {
    if (at === 0 || state === 'closed') return [];
    const moved = events.findLast(({ from, to }) => to === stage.state && from !== to);
    const until = moved && state !== 'ahead' ? moved.day : today;
    return carriedInto(record.pathway, stage.state, { outcomes, until }).map((one) =>
      toCarriedDto(one, stage.state, held),
    );
  });
}

function toCarriedDto(carried: Carried, into: string, held: readonly HeldOutcome[]): CarriedDto {
  const { id, title, clause, atMost, total, lots } = carried;
  const amounts = new Map(lots.map(({ lotId, credits }) => [lotId, credits]));
  const references = referencesOf([...amounts.keys()], held);
  return {
    id,
    into,
    title,
    clause,
    atMost: atMost === null ? null : formatCredits(atMost),
    total: formatCredits(total),
    outcomes: references.map((one) => ({
      ...one,
      credits: formatCredits(amounts.get(one.id) ?? 0n),
    })),
  };
}

function referencesOf(
  lots: readonly string[],
  held: readonly HeldOutcome[],
): OutcomeReferenceDto[] {
  return lots.flatMap((lotId) => {
    const found = held.find(({ outcome }) => outcome.lotId === lotId);
    if (!found) return [];
    const { code, title } = found.definition;
    return [{ id: lotId, code, title }];
  });
}

function gateTitle({ record }: Standing, gate: string | null): { zh: string; en: string } {
  const found = record.pathway.document.gates.find(({ id }) => id === gate);
  return found?.title ?? { zh: gate ?? '', en: gate ?? '' };
}
