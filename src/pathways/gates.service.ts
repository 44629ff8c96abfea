import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type GateAnswer, judgeGate, stageOf } from '#libs/pathways';
import { canonicalJson } from '#libs/rules';
import type { PathwayGate } from '#libs/schemes';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { sha256 } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { Cohort, type Standing } from './cohort.js';
import type { NewRunDto, RunDto, RunItemDto } from './gates.dto.js';
import { PathwayEnrolments } from './enrolments.service.js';
import { EnrolmentsStore } from './enrolments.store.js';
import { toGateAnswerDto } from './enrolments.views.js';
import type { PathwayRecord, StoredEvent } from './pathway-record.js';
import { PathwaysStore } from './pathways.store.js';
import { PathwayPublications } from './publications.service.js';

/** A learner of a cohort with what the gate says of her. */
interface Judged {
  readonly standing: Standing;
  readonly answer: GateAnswer;
}

/** The cohort that a run is about. */
interface Run {
  readonly record: PathwayRecord;
  readonly gate: PathwayGate;
  readonly intake: number;
}

/** A whole cohort at a gate: judged at once, looked at, and confirmed as it was seen. */
@Injectable()
export class PathwayGates {
  constructor(
    private readonly database: Database,
    private readonly publications: PathwayPublications,
    private readonly enrolments: PathwayEnrolments,
    private readonly pathways: PathwaysStore,
    private readonly store: EnrolmentsStore,
    private readonly cohort: Cohort,
    private readonly institutions: Institutions,
    private readonly learners: Learners,
    private readonly clock: Clock,
  ) {}

  /**
   * Judges all who stand before the gate. Without a preview, those who passed or failed are moved,
   * each by an event that rests on its evidence; who misses something stays and can come again. The
   * `digest` of a preview that has changed is refused (`pathway-run-differs`).
   */
  run(
    principal: Principal,
    { pathwayId, gateId, isPreview }: { pathwayId: string; gateId: string; isPreview: boolean },
    { intake, digest: seen }: NewRunDto,
  ): Promise<RunDto> {
    return this.database.transaction(async (tx) => {
      const record = await this.publications.get(tx, pathwayId);
      const gate = record.pathway.document.gates.find(({ id }) => id === gateId);
      if (!gate) throw notFound();
      await this.#requireSide(tx, principal, record, gate);
      await this.pathways.lock(tx, record.code);
      const run = { record, gate, intake };
      const judged = await this.#judge(tx, run);
      const digest = digestOf(run, judged);
      if (!isPreview) {
        if (seen !== digest) throw refusal('pathway-run-differs');
        await this.publications.requireAgreement(tx, record.pathway);
        await this.#confirm(tx, principal, judged);
      }
      return this.#show(tx, principal, run, { judged, digest, isPreview });
    });
  }

  async #judge(tx: EntityManager, { record, gate, intake }: Run): Promise<Judged[]> {
    const { code, id: pathwayId } = record;
    const all = { code, pathwayId, intake, readerId: null, after: null, limit: null };
    const enrolments = await this.store.list(tx, all);
    const standings = await this.cohort.standingsOf(tx, enrolments);
    const on = this.clock.today();
    return standings
      .filter(({ position }) => position.state === gate.from)
      .map((standing) => {
        const { outcomes, position } = standing;
        const at = { state: position.state, intake, on, outcomes };
        return { standing, answer: judgeGate(record.pathway, gate, at) };
      });
  }

  async #confirm(
    tx: EntityManager,
    principal: Principal,
    judged: readonly Judged[],
  ): Promise<void> {
    const known = await this.publications.knownIn(tx);
    const at = this.clock.now();
    const moved = new Map<string, string[]>();
    for (const { standing, answer } of judged) {
      const { enrolment, record, events } = standing;
      const { verdict, gate, from, to, by, gives, evidence, day } = answer;
      if (verdict !== 'passed' && verdict !== 'failed') continue;
      if (isSaid(events, answer)) continue;
      const { institutionId, id: actor } = principal;
      const event = record.pathway.document.gates.find(({ id }) => id === gate)?.event ?? gate;
      const said = { enrolmentId: enrolment.id, event, gate, verdict, from, to, by, gives, day };
      const told = toGateAnswerDto(answer, standing, known);
      await this.store.addEvent(
        tx,
        { ...said, major: null, evidence, answer: told, actor, institutionId },
        at,
      );
      // The college of the next stage knows of whoever came to its gate, passed or not.
      const next = nextOf(record, from);
      if (next === undefined) continue;
      const { id: nextId } = await this.institutions.getByCode(tx, next);
      await this.store.addReader(tx, enrolment.id, nextId, at);
      if (to !== from && stageOf(record.pathway, to)?.institution === next) {
        moved.set(nextId, [...(moved.get(nextId) ?? []), enrolment.learnerId]);
      }
    }
    // Sorted, so that two cohorts that share people wait for each other instead of deadlocking.
    for (const [institutionId, learnerIds] of moved) {
      await this.learners.enrolAt(tx, learnerIds.toSorted(byText), institutionId);
    }
  }

  async #show(
    tx: EntityManager,
    principal: Principal,
    { gate, intake }: Run,
    {
      judged,
      digest,
      isPreview,
    }: { judged: readonly Judged[]; digest: string; isPreview: boolean },
  ): Promise<RunDto> {
    const known = await this.publications.knownIn(tx);
    const counts = { passed: 0, failed: 0, missing: 0, refused: 0 };
    const items: RunItemDto[] = [];
    for (const { standing, answer } of judged) {
      counts[answer.verdict] += 1;
      const { id: enrolment, learnerId } = standing.enrolment;
      items.push({
        enrolment,
        learnerId,
        name: await this.enrolments.nameFor(tx, principal, standing.enrolment),
        answer: toGateAnswerDto(answer, standing, known),
      });
    }
    const state = isPreview ? 'preview' : 'confirmed';
    return { gate: gate.id, intake, state, digest, counts, items };
  }

  /** The institution of the stage before the gate runs it. */
  async #requireSide(
    tx: EntityManager,
    principal: Principal,
    { pathway }: PathwayRecord,
    gate: PathwayGate,
  ): Promise<void> {
    const code = stageOf(pathway, gate.from)?.institution ?? '';
    const side = await this.institutions.getByCode(tx, code);
    if (principal.institutionId !== side.id) throw notFound();
  }
}

/** Code of the institution of the stage behind a state; undefined behind the last. */
function nextOf({ pathway }: PathwayRecord, state: string): string | undefined {
  const { stages } = pathway.document;
  const at = stages.findIndex((stage) => stage.state === state);
  return at < 0 ? undefined : stages[at + 1]?.institution;
}

/** Whether the last judgement at this gate said the same of the same evidence. */
function isSaid(events: readonly StoredEvent[], answer: GateAnswer): boolean {
  const last = events.at(-1);
  return (
    last?.gate === answer.gate &&
    last.verdict === answer.verdict &&
    last.to === answer.to &&
    canonicalJson(last.evidence.toSorted(byText)) ===
      canonicalJson(answer.evidence.toSorted(byText))
  );
}

function digestOf({ record, gate, intake }: Run, judged: readonly Judged[]): string {
  return sha256(
    canonicalJson([
      record.id,
      gate.id,
      String(intake),
      judged
        .map(({ standing, answer }) => [
          standing.enrolment.id,
          answer.verdict,
          answer.to,
          answer.day,
          answer.evidence.toSorted(byText),
        ])
        .toSorted(([a], [b]) => byText(String(a), String(b))),
    ]),
  ).toString('hex');
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
