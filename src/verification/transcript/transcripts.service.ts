import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { sealPaper } from '#libs/paper-seal';
import type { Principal } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { type PaperAttachment, printPaper } from '../../platform/paper/index.js';
import { LogIdentity } from '../../transparency/index.js';
import { ProofSources } from '../proof-sources.js';
import { Shares } from '../shares.service.js';
import type { ProofDto } from '../verifications.dto.js';
import { TranscriptSigner } from './transcript-signer.js';
import { transcriptOf } from './transcript.js';
import type { SecondLanguage } from './words.js';

/** Prints what a share shows, with its code, and seals it. */
@Injectable()
export class Transcripts {
  constructor(
    private readonly database: Database,
    private readonly shares: Shares,
    private readonly sources: ProofSources,
    private readonly signer: TranscriptSigner,
    private readonly identity: LogIdentity,
    private readonly clock: Clock,
  ) {}

  /**
   * The transcript of one own share that opens now, as a sealed PDF. Refuses with `share-ended`:
   * the code on it would open nothing.
   */
  async print(principal: Principal, shareId: string, second: SecondLanguage): Promise<Buffer> {
    const { paper, key } = await this.database.transaction(async (tx) => {
      const share = await this.shares.requireLive(tx, principal, shareId);
      const asked = { asker: principal, checkedAt: this.clock.now() };
      const proof = await this.sources.proof(tx, share, asked);
      const paper = transcriptOf({
        proof,
        ...this.shares.addressOf(share),
        hasPin: share.pinSealed !== null,
        second,
        attachments: await this.#credentialOf(tx, share.learnerId, proof),
      });
      return { paper, key: await this.identity.key(tx) };
    });
    return sealPaper(await printPaper(paper), key);
  }

  /** The same record as one signed credential; none when there is nothing to sign. */
  async #credentialOf(
    tx: EntityManager,
    learnerId: string,
    { learner, outcomes }: ProofDto,
  ): Promise<PaperAttachment[]> {
    if (outcomes.every(({ state }) => state === 'revoked')) return [];
    const { document } = await this.signer.record(tx, learnerId, learner.name);
    return [
      {
        name: 'learning-record.json',
        mediaType: 'application/vc',
        description: '签名凭证（CLR 2.0） / Signed credential (CLR 2.0)',
        bytes: Buffer.from(JSON.stringify(document)),
      },
    ];
  }
}
