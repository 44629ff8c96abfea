import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { titleOf } from '#libs/pathways';
import { type Principal, isOverseer } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { notFound } from '../platform/http/index.js';
import { Cohort, type Standing } from './cohort.js';
import { EnrolmentsStore } from './enrolments.store.js';
import type { GateFiguresDto, PathwayFiguresDto, PathwayFiguresQuery } from './figures.dto.js';
import type { PathwayRecord } from './pathway-record.js';
import { PathwaysStore } from './pathways.store.js';
import { PathwayPublications } from './publications.service.js';

const PERCENT = 10_000;

/**
 * How many pass, from the events of the learners. A gate is counted as the indicator `pathway-pass`
 * counts it: by its examination, on the day of that, while its evidence stands.
 */
@Injectable()
export class PathwayFigures {
  constructor(
    private readonly database: Database,
    private readonly publications: PathwayPublications,
    private readonly pathways: PathwaysStore,
    private readonly store: EnrolmentsStore,
    private readonly cohort: Cohort,
  ) {}

  /** For the two institutions and the authority; numbers only. Throws `not-found` for others. */
  read(
    principal: Principal,
    pathwayId: string,
    { year }: PathwayFiguresQuery,
  ): Promise<PathwayFiguresDto> {
    // Numbers of learners of whom one side does not know yet are in it: nobody is named.
    return this.database.readAcrossTenants(async (tx) => {
      const record = await this.publications.get(tx, pathwayId);
      const { senderId, receiverId, pathway, code } = record;
      const isSide = [senderId, receiverId].includes(principal.institutionId ?? '');
      if (!isSide && !isOverseer(principal)) throw notFound();
      const standings = await this.#standingsOf(tx, code);
      const pair = await this.#pairOf(tx, record);
      const { intakes } = pathway.document;
      return {
        pathway: record.id,
        year: year ?? null,
        ...gateFigures(standings, year),
        intakes: intakes.map(({ year: intake, places }) => {
          const cohort = standings.filter(({ enrolment }) => enrolment.intake === intake);
          return {
            year: intake,
            places,
            joined: cohort.length,
            states: statesOf(record, cohort),
            ...gateFigures(cohort, year),
          };
        }),
        pairing: {
          sender: pathway.document.stages[0]?.institution ?? '',
          receiver: pathway.document.stages.at(-1)?.institution ?? '',
          ...gateFigures(pair, year),
        },
      };
    });
  }

  /** Learners of every pathway of the same two institutions. */
  async #pairOf(tx: EntityManager, { senderId, receiverId }: PathwayRecord): Promise<Standing[]> {
    const all = await this.pathways.listNewest(tx);
    const standings: Standing[] = [];
    for (const one of all) {
      if (one.senderId !== senderId || one.receiverId !== receiverId) continue;
      standings.push(...(await this.#standingsOf(tx, one.code)));
    }
    return standings;
  }

  async #standingsOf(tx: EntityManager, code: string): Promise<Standing[]> {
    const all = { code, pathwayId: null, intake: null, readerId: null, after: null, limit: null };
    return this.cohort.standingsOf(tx, await this.store.list(tx, all));
  }
}

function statesOf({ pathway }: PathwayRecord, cohort: readonly Standing[]) {
  return pathway.document.states.map(({ id }) => ({
    state: id,
    title: titleOf(pathway, id),
    learners: cohort.filter(({ position }) => position.state === id).length,
  }));
}

/** Judgements at gates with an examination, the last of each learner and gate. */
function gateFigures(standings: readonly Standing[], year: number | undefined): GateFiguresDto {
  let [passed, failed, toLookAgain] = [0, 0, 0];
  for (const { position, record } of standings) {
    for (const event of position.gates) {
      const gate = record.pathway.document.gates.find(({ id }) => id === event.gate);
      const isExamined = gate?.facts.some(({ examination }) => examination !== undefined);
      const isThen = year === undefined || event.day.startsWith(`${year}-`);
      if (!isExamined || !isThen) continue;
      if (position.lookAgain.some((one) => one.event === event)) toLookAgain += 1;
      else if (event.verdict === 'passed') passed += 1;
      else failed += 1;
    }
  }
  return { passed, failed, toLookAgain, passRate: percentOf(passed, passed + failed) };
}

/** Cut, not rounded, so that a target shows as reached only when it is. */
function percentOf(part: number, whole: number): string | null {
  if (whole === 0) return null;
  return (Math.floor((part * PERCENT) / whole) / 100).toFixed(2);
}
