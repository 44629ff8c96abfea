import { Injectable } from '@nestjs/common';
import { Batches, Equivalence, Queries } from '../equivalence/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Shares } from '../verification/index.js';
import type { SeededIds } from './sign-in.seeder.js';

const OFFICE = 'qingshan-admissions';
/** Learners who hand the office a code; nobody of them signs in, so their own pages stay as told. */
const HAND_OUT = ['P006', 'P014', 'P021'] as const;
/** Somebody whose record the school may have kept badly, and the programme that does not fit. */
const DOUBTFUL = { learner: 'P014', programme: 'LOGISTICS-3Y' } as const;
const DAYS = 30;
const ADDRESS = '127.0.0.1';

/** What the admissions office of the district has asked: a list with answers, a school with a query. */
@Injectable()
export class OfficesSeeder {
  constructor(
    private readonly shares: Shares,
    private readonly batches: Batches,
    private readonly equivalence: Equivalence,
    private readonly queries: Queries,
    private readonly clock: Clock,
  ) {}

  async ask({ institutionIds, learnerIds }: SeededIds): Promise<void> {
    const institutionId = institutionIds.get(OFFICE);
    if (institutionId === undefined) throw new Error(`institutions.yaml has no ${OFFICE}`);
    const office = principalOf({ roles: ['admissions'], institutionId });
    const codes = new Map<string, string>();
    for (const learner of HAND_OUT) {
      const learnerId = learnerIds.get(learner);
      if (learnerId !== undefined) codes.set(learner, await this.#share(learnerId));
    }
    const { programme } = DOUBTFUL;
    await this.batches.accept(
      office,
      { name: '2027年春季报名名单.csv', bytes: listOf([...codes.values()]) },
      { programme, on: this.clock.today(), address: ADDRESS },
    );
    await this.#askSchool(office, codes.get(DOUBTFUL.learner));
  }

  async #share(learnerId: string): Promise<string> {
    const learner = principalOf({ roles: ['learner'], learnerId });
    const receiver = '青山职业技术学院招生办公室';
    const wanted = { purpose: '报考青山职业技术学院', receiver, days: DAYS };
    return (await this.shares.create(learner, wanted, null)).share.code;
  }

  /** "Not matched" is where a query to a school begins. */
  async #askSchool(office: Principal, shareCode: string | undefined): Promise<void> {
    if (shareCode === undefined) return;
    const { programme } = DOUBTFUL;
    const answer = await this.equivalence.ask(office, { shareCode, programme }, ADDRESS);
    const [school] = answer.schools;
    if (answer.id === null || answer.status !== 'not-matched' || !school) return;
    const words = '本人称已取得物流管理职业技能等级证书，未见登记，请核对。';
    await this.queries.ask(office, { answer: answer.id, school: school.code, words });
  }
}

/** A list as an office writes it, with somebody who has not let it look and a number that is wrong. */
function listOf(codes: readonly string[]): Buffer {
  const rows = [
    '姓名,证件号码,验证码',
    ...codes.map((code) => `,,${code}`),
    '示例学员甲,500199199001019018,',
    '示例学员乙,50019919900101901,',
  ];
  return Buffer.from(`${rows.join('\n')}\n`);
}

function principalOf(
  who: Pick<Principal, 'roles'> & Partial<Pick<Principal, 'learnerId' | 'institutionId'>>,
): Principal {
  const id = `demonstration-${who.roles.join('-')}`;
  return { id, name: id, institutionId: null, learnerId: null, ...who };
}
