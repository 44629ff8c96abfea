import { type Api, Unexpected } from './api.js';
import type { Deed, Outcome } from './aftermath.js';
import type { Furnished } from './furnish.js';
import type { Completion, Learner } from './learner.js';
import type { Stated } from './statements.js';

const REASON = '登记有误 / entered by mistake';
const APPEAL = '模教申〔2026〕1号';
const SOURCE = '模拟统计，非真实数据 / simulated, not a real return';

interface OutcomePage {
  readonly items: readonly { readonly id: string; readonly externalId: string }[];
  readonly next: string | null;
}

/** What people do by hand: figures from outside, corrections, revocations, what was forgotten. */
export class Deeds {
  constructor(
    private readonly api: Api,
    private readonly furnished: Furnished,
  ) {}

  async state(statements: readonly Stated[]): Promise<void> {
    const { authority } = this.furnished;
    for (const { code, institution, on, value } of statements) {
      const about = institution === null ? {} : { institution };
      const body = { code, on, value, source: SOURCE, ...about };
      await this.api.post(authority, '/v1/indicators/inputs', body);
    }
  }

  async carryOut({ learner, deeds }: Pick<Outcome, 'learner' | 'deeds'>): Promise<void> {
    for (const deed of deeds) await this.#one(learner, deed);
  }

  /** The account of a learner, as an institution that posted something of it finds it. */
  async learnerId({ document }: Learner, house: string): Promise<string> {
    const found = await this.api.post<{ id: string }>(this.keyOf(house), '/v1/learners/search', {
      document,
    });
    return found.id;
  }

  keyOf(house: string): string {
    const keys = this.furnished.keys.get(house);
    if (!keys) throw new Error(`${house} has no key`);
    return keys.sender;
  }

  async #one(learner: Learner, deed: Deed): Promise<void> {
    if (deed.kind === 'post-late') return this.#post(learner, deed.about);
    const key = this.keyOf(deed.about.house);
    const id = await this.#outcomeId(learner, deed.about);
    await this.api.post(key, `/v1/outcomes/${id}/revocation`, { reason: REASON });
    if (deed.kind === 'correct') await this.#post(learner, deed.instead);
    if (deed.kind === 'revoke-and-give-back') {
      const body = { reason: REASON, appeal: APPEAL };
      await this.api.post(this.furnished.authority, `/v1/outcomes/${id}/redeposit`, body);
    }
  }

  async #outcomeId(learner: Learner, { house, externalId }: Completion): Promise<string> {
    const id = await this.learnerId(learner, house);
    for (let after: string | null = ''; after !== null;) {
      const query = after === '' ? '' : `&after=${after}`;
      const path = `/v1/learners/${id}/outcomes?limit=100${query}`;
      const page: OutcomePage = await this.api.get(this.keyOf(house), path);
      const found = page.items.find((one) => one.externalId === externalId);
      if (found) return found.id;
      after = page.next;
    }
    throw new Unexpected(`${externalId} is not among the outcomes of its learner`);
  }

  async #post({ name, document }: Learner, completion: Completion): Promise<void> {
    const { externalId, offer, on, grade, hours, attendance, said, house } = completion;
    await this.api.post(this.keyOf(house), '/v1/completions', {
      externalId,
      learner: { name, document },
      outcome: offer.code,
      completedOn: on,
      ...(grade !== null && { grade }),
      ...(hours !== null && { hours: String(hours) }),
      ...(attendance !== null && { attendancePercent: String(attendance) }),
      circumstances: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
    });
  }
}
