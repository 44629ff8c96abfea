import { Injectable } from '@nestjs/common';
import { sealPaper } from '#libs/paper-seal';
import type { Principal } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { printPaper } from '../../platform/paper/index.js';
import { LogIdentity } from '../../transparency/index.js';
import { ProofSources } from '../proof-sources.js';
import { Shares } from '../shares.service.js';
import { transcriptOf } from './transcript.js';
import type { SecondLanguage } from './words.js';

/** Prints what a share shows, with its code, and seals it. */
@Injectable()
export class Transcripts {
  constructor(
    private readonly database: Database,
    private readonly shares: Shares,
    private readonly sources: ProofSources,
    private readonly identity: LogIdentity,
    private readonly clock: Clock,
  ) {}

  /**
   * The transcript of one own share that opens now, as a sealed PDF. Refuses with `share-ended`:
   * the code on it would open nothing.
   */
  async print(principal: Principal, shareId: string, second: SecondLanguage): Promise<Buffer> {
    const { paper, key } = await this.database.read(async (tx) => {
      const share = await this.shares.requireLive(tx, principal, shareId);
      const asked = { asker: principal, checkedAt: this.clock.now() };
      const paper = transcriptOf({
        proof: await this.sources.proof(tx, share, asked),
        ...this.shares.addressOf(share),
        hasPin: share.pinSealed !== null,
        second,
        attachments: [],
      });
      return { paper, key: await this.identity.key(tx) };
    });
    return sealPaper(await printPaper(paper), key);
  }
}
