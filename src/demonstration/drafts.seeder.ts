import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Accounts } from '../access/index.js';
import type { Principal } from '../platform/auth/index.js';
import { findInCheckout } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { RuleDrafts } from '../rulebook/index.js';
import { Simulations } from '../simulations/index.js';
import type { District, DistrictDraft } from './district.js';

const FOLDER = 'rulebooks/district';

/** Writes the next versions of some rulebooks, and orders a trial of each. */
@Injectable()
export class DraftsSeeder {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly drafts: RuleDrafts,
    private readonly simulations: Simulations,
  ) {}

  async write({ drafts }: District): Promise<void> {
    for (const draft of drafts) {
      const author = await this.#author(draft);
      const { id } = await this.drafts.create(author, textOf(draft));
      // The queue tries it out after the start: nobody waits for that.
      await this.simulations.order(author, id, {});
      if (draft.isSubmitted) await this.drafts.submit(author, id);
    }
  }

  async #author({ author }: DistrictDraft): Promise<Principal> {
    const account = await this.database.readAcrossTenants((tx) =>
      this.accounts.findUsable(tx, { signInName: author }),
    );
    if (!account) throw new Error(`drafts.yaml: nobody signs in as ${author}`);
    const { id, institutionId, displayName: name } = account;
    return { id, name, roles: ['rule-author'], institutionId, learnerId: null };
  }
}

/** The rulebook with its words replaced; words that do not stand there are a mistake and throw. */
function textOf({ file, replace }: DistrictDraft): string {
  const source = readFileSync(join(findInCheckout(FOLDER), file), 'utf8');
  return replace.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`drafts.yaml: ${file} does not say ${from}`);
    return text.replace(from, () => to);
  }, source);
}
