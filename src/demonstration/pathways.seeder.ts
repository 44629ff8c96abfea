import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { PathwayEnrolments, PathwayGates, PathwayPublications } from '../pathways/index.js';
import type { Principal } from '../platform/auth/index.js';
import { findInCheckout } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { AUTHORITY_CODE } from './district.js';
import type { SeededIds } from './sign-in.seeder.js';

const DOCUMENT = 'rulebooks/pathways/logistics-five-year.yaml';
const SCHOOL = 'xingyang-technician';
const COLLEGE = 'qingshan-polytechnic';
const INTAKE = 2023;

/** Learners of the school by `ref`: seven pass, four fail, of one the result is not known yet. */
const COHORT = 'L099 L100 L101 L102 L103 L104 L106 L128 L129 L130 L131 L133'.split(' ');
/** Goes to the college and leaves it again. */
const WITHDRAWN = 'L103';

/** A five-year pathway, its cohort of 2023, and what came of the gate of semester 6. */
@Injectable()
export class PathwaysSeeder {
  constructor(
    private readonly database: Database,
    private readonly publications: PathwayPublications,
    private readonly enrolments: PathwayEnrolments,
    private readonly gates: PathwayGates,
  ) {}

  async lead({ institutionIds, learnerIds }: SeededIds): Promise<void> {
    const staffOf = (code: string): Principal => {
      const id = `demonstration-${code}`;
      const institutionId = institutionIds.get(code) ?? null;
      return { id, name: id, roles: ['registrar'], institutionId, learnerId: null };
    };
    const text = readFileSync(findInCheckout(DOCUMENT), 'utf8');
    const { id: pathwayId } = await this.database.transaction((tx) =>
      this.publications.publishWithin(tx, staffOf(AUTHORITY_CODE), text),
    );
    const [school, college] = [staffOf(SCHOOL), staffOf(COLLEGE)];
    const items = COHORT.map((ref) => ({
      learner: { id: learnerIds.get(ref) ?? '' },
      intake: INTAKE,
    }));
    const enrolled = await this.enrolments.enrol(school, pathwayId, { items });
    const gate = { pathwayId, gateId: 'stage-transfer' };
    const seen = await this.gates.run(school, { ...gate, isPreview: true }, { intake: INTAKE });
    const confirmed = { intake: INTAKE, digest: seen.digest };
    await this.gates.run(school, { ...gate, isPreview: false }, confirmed);
    const id = enrolled.items[COHORT.indexOf(WITHDRAWN)]?.id ?? '';
    await this.enrolments.act(college, { pathwayId, id }, { event: 'withdrawal' });
  }
}
