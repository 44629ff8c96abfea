import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/auth/index.js';
import { Webhooks } from '../webhooks/index.js';
import type { SeededIds } from './sign-in.seeder.js';

/** Institutions whose systems want to be told. The servers are invented, so nothing arrives. */
const TOLD = ['qingshan-vocational', 'changqing-senior'] as const;

/** What a registrar finds in the morning beside questions of learners: a webhook and what it was sent. */
@Injectable()
export class DeskSeeder {
  constructor(private readonly webhooks: Webhooks) {}

  async fill({ institutionIds }: SeededIds): Promise<void> {
    for (const code of TOLD) await this.#listen(code, institutionIds.get(code) ?? '');
  }

  async #listen(code: string, institutionId: string): Promise<void> {
    const id = 'demonstration-registrar';
    const registrar: Principal = {
      id,
      name: '演示数据',
      roles: ['registrar'],
      institutionId,
      learnerId: null,
    };
    const webhook = await this.webhooks.create(registrar, {
      url: `https://records.${code}.example/hooks/credit-bank`,
      types: ['outcome.posted', 'outcome.revoked', 'import.finished'],
      description: '教务系统',
    });
    await this.webhooks.test(registrar, webhook.id);
  }
}
