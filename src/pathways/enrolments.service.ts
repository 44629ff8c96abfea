import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Change,
  JOINED,
  REOPENED,
  changeOf,
  semesterOn,
  titleOf,
  yearOfStudy,
} from '#libs/pathways';
import { type Problem, describe } from '#libs/problems';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { personOf } from '../outcomes/index.js';
import { type Principal, isOverseer, isSelf } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { encodeCursor, idCursor, notFound, refusal, toPage } from '../platform/http/index.js';
import { bucketOf, isUuid, newId } from '../platform/ids/index.js';
import { Cohort, type Standing } from './cohort.js';
import type {
  EnrolledDto,
  EnrolledListDto,
  EnrolmentActDto,
  EnrolmentDto,
  EnrolmentListDto,
  EnrolmentPageDto,
  EnrolmentsQuery,
  NewEnrolmentDto,
  NewEnrolmentsDto,
} from './enrolments.dto.js';
import { EnrolmentsStore } from './enrolments.store.js';
import { toEnrolmentDto, toSummaryDto } from './enrolments.views.js';
import type { Enrolment, PathwayRecord } from './pathway-record.js';
import { PathwaysStore } from './pathways.store.js';
import { PathwayPublications } from './publications.service.js';

/** Learners in pathways: who joins, where they stand, and what happens to them outside of gates. */
@Injectable()
export class PathwayEnrolments {
  constructor(
    private readonly database: Database,
    private readonly publications: PathwayPublications,
    private readonly pathways: PathwaysStore,
    private readonly store: EnrolmentsStore,
    private readonly cohort: Cohort,
    private readonly institutions: Institutions,
    private readonly learners: Learners,
    private readonly clock: Clock,
  ) {}

  /**
   * Enrols learners, one or many; each row has an answer of its own. Only the school of the first
   * stage does it, in the newest version, under an agreement that holds.
   */
  enrol(
    principal: Principal,
    pathwayId: string,
    { items }: NewEnrolmentsDto,
  ): Promise<EnrolledListDto> {
    return this.database.transaction(async (tx) => {
      const record = await this.publications.get(tx, pathwayId);
      if (principal.institutionId !== record.senderId) throw notFound();
      await this.pathways.lock(tx, record.code);
      const newest = await this.pathways.findNewest(tx, record.code);
      if (newest && newest.id !== record.id) {
        throw refusal('pathway-superseded', { version: String(newest.version) });
      }
      await this.publications.requireAgreement(tx, record.pathway);
      const people = items.map(({ learner }) => personOf(learner));
      const resolved = await this.learners.resolve(tx, people, record.senderId);
      const enrolled: EnrolledDto[] = [];
      for (const [at, wanted] of items.entries()) {
        const person = resolved[at];
        if (!person?.ok) {
          enrolled.push(refused(person?.problem ?? { code: 'internal-error' }));
          continue;
        }
        const selves = person.selves ?? [person.learnerId];
        enrolled.push(await this.#join(tx, { principal, record, selves, wanted }));
      }
      return { items: enrolled };
    });
  }

  async #join(tx: EntityManager, joining: Joining): Promise<EnrolledDto> {
    const { principal, record, selves, wanted } = joining;
    const [learnerId = ''] = selves;
    const { intake } = wanted;
    const before = (await this.store.listOf(tx, selves)).find(({ code }) => code === record.code);
    const change = changeOf(record.pathway, null, wanted.state ?? firstStateOf(record));
    if (before?.intake === intake && change.allowed) return enrolledAs('unchanged', before.id);
    const problem = before
      ? { code: 'pathway-joined-before' as const, params: { year: String(before.intake) } }
      : await this.#whyNotJoined(tx, record, intake, change);
    if (problem) return refused(problem);
    const id = newId(bucketOf(learnerId));
    const at = this.clock.now();
    const { code } = record;
    await this.store.insert(tx, {
      id,
      learnerId,
      pathwayId: record.id,
      code,
      intake,
      enrolledAt: at,
    });
    await this.store.addReader(tx, id, record.senderId, at);
    const event = { ...NO_GATE, enrolmentId: id, event: JOINED, from: null, major: null };
    await this.store.addEvent(
      tx,
      { ...event, ...moveOf(change), evidence: [], ...this.#by(principal) },
      at,
    );
    return enrolledAs('created', id);
  }

  async #whyNotJoined(
    tx: EntityManager,
    { code, pathway }: PathwayRecord,
    intake: number,
    change: Change,
  ): Promise<Problem | null> {
    const { start, intakes } = pathway.document;
    if (!change.allowed) {
      const names = start.map((state) => titleOf(pathway, state).zh).join(', ');
      return { code: 'pathway-no-entry', params: { start: names } };
    }
    const places = intakes.find(({ year }) => year === intake)?.places;
    if (places === undefined) {
      const years = intakes.map(({ year }) => year).join(', ');
      return { code: 'pathway-intake-unknown', params: { years } };
    }
    if ((await this.store.countOf(tx, code, intake)) < places) return null;
    return { code: 'pathway-full', params: { year: String(intake), places: String(places) } };
  }

  /**
   * Learners of a pathway whom the principal's institution knows of: its own, and at the paired
   * college those who came to its gate. The authority sees all; others find no such pathway.
   */
  list(principal: Principal, pathwayId: string, query: EnrolmentsQuery): Promise<EnrolmentPageDto> {
    const after = idCursor(query.after);
    return this.database.read(async (tx) => {
      const record = await this.publications.get(tx, pathwayId);
      const { code } = record;
      const rows = await this.store.list(tx, {
        code,
        pathwayId: null,
        intake: query.intake ?? null,
        readerId: this.#readerOf(principal, record),
        after,
        limit: query.limit + 1,
      });
      const page = toPage(rows, query.limit, (last) => encodeCursor(last.id));
      const seen = await this.#seen(tx);
      const items: EnrolmentPageDto['items'] = [];
      for (const standing of await this.cohort.standingsOf(tx, page.items)) {
        const name = await this.nameFor(tx, principal, standing.enrolment);
        items.push(toSummaryDto(standing, name, seen));
      }
      return { items, next: page.next };
    });
  }

  show(principal: Principal, pathwayId: string, id: string): Promise<EnrolmentDto> {
    return this.database.read((tx) => this.#show(tx, principal, pathwayId, id));
  }

  /** A learner's own pathways, and for others those that they know of. */
  listOf(principal: Principal, idOrMe: string): Promise<EnrolmentListDto> {
    return this.database.read(async (tx) => {
      const reading = { purpose: 'pathway', fields: ['outcomes'] } as const;
      const learnerId = await this.learners.requireReadable(tx, principal, idOrMe, reading);
      const selves = await this.learners.selvesOf(tx, learnerId);
      const enrolments: Enrolment[] = [];
      for (const one of await this.store.listOf(tx, selves)) {
        if (await this.#knows(tx, principal, one)) enrolments.push(one);
      }
      const seen = await this.#seen(tx);
      const standings = await this.cohort.standingsOf(tx, enrolments);
      return { items: standings.map((standing) => toEnrolmentDto(standing, null, seen)) };
    });
  }

  /**
   * Something happens to a learner that no gate decides: a change of major, leaving, or a gate that
   * is reopened because its evidence was taken back. The rules of the pathway say whether it may.
   */
  act(
    principal: Principal,
    { pathwayId, id }: { pathwayId: string; id: string },
    { event, major }: EnrolmentActDto,
  ): Promise<EnrolmentDto> {
    return this.database.transaction(async (tx) => {
      const record = await this.publications.get(tx, pathwayId);
      await this.pathways.lock(tx, record.code);
      const standing = await this.#standing(tx, principal, pathwayId, id);
      await this.#requireHere(tx, principal, standing);
      const change = this.#allowed(standing, event);
      await this.store.addEvent(
        tx,
        {
          ...NO_GATE,
          enrolmentId: id,
          event,
          from: standing.position.state,
          major: major ?? null,
          ...moveOf(change),
          evidence: standing.position.lookAgain.flatMap(({ lots }) => lots),
          ...this.#by(principal),
        },
        this.clock.now(),
      );
      return this.#show(tx, principal, pathwayId, id);
    });
  }

  /** The name for whoever may see the enrolment, which is written down; null for the learner. */
  async nameFor(
    tx: EntityManager,
    principal: Principal,
    { id, learnerId }: Enrolment,
  ): Promise<string | null> {
    if (isSelf(principal, learnerId)) return null;
    const profile = await this.learners.profileBy(tx, principal, learnerId, {
      purpose: 'pathway',
      fields: ['name', 'outcomes'],
      right: { ground: isOverseer(principal) ? 'oversight' : 'pathway', reference: id },
    });
    return profile?.name ?? null;
  }

  #allowed(standing: Standing, event: string): Change {
    const { record, position, enrolment } = standing;
    const gate = record.pathway.document.gates.find((one) => one.event === event);
    if (gate) throw refusal('pathway-event-of-gate', { gate: gate.id });
    if (event === REOPENED && position.lookAgain.length === 0) throw refusal('pathway-standing');
    const semester = semesterOn(enrolment.intake, this.clock.today());
    const year = String(yearOfStudy(semester));
    const change = changeOf(record.pathway, position.state, event, {
      semester: String(semester),
      year,
      evidence: position.lookAgain.length > 0 ? 'revoked' : 'standing',
    });
    if (change.allowed) return change;
    const state = titleOf(record.pathway, position.state).zh;
    throw refusal('pathway-not-allowed', { year, state, event });
  }

  /** Of one stage its institution decides; of one who has left, the school that sent her. */
  async #requireHere(
    tx: EntityManager,
    principal: Principal,
    { position, record }: Standing,
  ): Promise<void> {
    const code = position.stage?.institution;
    const here = code === undefined ? null : await this.institutions.getByCode(tx, code);
    if (principal.institutionId !== (here?.id ?? record.senderId)) throw notFound();
  }

  async #show(
    tx: EntityManager,
    principal: Principal,
    pathwayId: string,
    id: string,
  ): Promise<EnrolmentDto> {
    const standing = await this.#standing(tx, principal, pathwayId, id);
    const name = await this.nameFor(tx, principal, standing.enrolment);
    return toEnrolmentDto(standing, name, await this.#seen(tx));
  }

  async #standing(
    tx: EntityManager,
    principal: Principal,
    pathwayId: string,
    id: string,
  ): Promise<Standing> {
    const enrolment = isUuid(id) ? await this.store.find(tx, id) : undefined;
    const record = await this.publications.get(tx, pathwayId);
    if (enrolment?.code !== record.code) throw notFound();
    if (!(await this.#knows(tx, principal, enrolment))) throw notFound();
    const [standing] = await this.cohort.standingsOf(tx, [enrolment]);
    if (!standing) throw notFound();
    return standing;
  }

  async #knows(tx: EntityManager, principal: Principal, one: Enrolment): Promise<boolean> {
    if (isOverseer(principal) || isSelf(principal, one.learnerId)) return true;
    const { institutionId } = principal;
    return institutionId !== null && this.store.isReader(tx, one.id, institutionId);
  }

  /** Whose knowledge narrows a list; null for the authority. Throws `not-found` for strangers. */
  #readerOf({ institutionId, ...principal }: Principal, record: PathwayRecord): string | null {
    if (isOverseer({ institutionId, ...principal })) return null;
    if (institutionId === null || ![record.senderId, record.receiverId].includes(institutionId)) {
      throw notFound();
    }
    return institutionId;
  }

  #by({ id: actor, institutionId }: Principal) {
    return { actor, institutionId, day: this.clock.today() };
  }

  async #seen(tx: EntityManager) {
    return { ...(await this.publications.knownIn(tx)), today: this.clock.today() };
  }
}

interface Joining {
  readonly principal: Principal;
  readonly record: PathwayRecord;
  readonly selves: readonly string[];
  readonly wanted: NewEnrolmentDto;
}

const NO_GATE = { gate: null, verdict: null, answer: null } as const;

function moveOf({ to, by, gives }: Change): Pick<Change, 'to' | 'by' | 'gives'> {
  return { to, by, gives };
}

function firstStateOf({ pathway }: PathwayRecord): string {
  return pathway.document.start[0] as string;
}

function enrolledAs(status: 'created' | 'unchanged', id: string): EnrolledDto {
  return { status, id, problem: null };
}

function refused({ code, params }: Problem): EnrolledDto {
  const zh = describe(code, 'zh', params);
  const en = describe(code, 'en', params);
  const problem = {
    code,
    title: { zh: zh.title, en: en.title },
    change: { zh: zh.change, en: en.change },
  };
  return { status: 'refused', id: null, problem };
}
