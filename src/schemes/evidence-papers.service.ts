import { Injectable } from '@nestjs/common';
import { sealPaper } from '#libs/paper-seal';
import { Credentials } from '../credentials/index.js';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock, dayOf } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { type PaperAttachment, printPaper } from '../platform/paper/index.js';
import { LogIdentity } from '../transparency/index.js';
import { Shares } from '../verification/index.js';
import { Eligibilities, READING } from './eligibilities.service.js';
import type { EligibilityDto } from './eligibility.dto.js';
import { evidencePaperOf } from './evidence-paper.js';
import { Schemes } from './schemes.service.js';

/** What the paper says of its owner. */
const PRINTED = { purpose: 'admission', fields: ['name', 'documents', ...READING.fields] } as const;

/** Prints the evidence of a learner, with the code of a proof that the learner has made, and seals it. */
@Injectable()
export class EvidencePapers {
  constructor(
    private readonly database: Database,
    private readonly schemes: Schemes,
    private readonly eligibilities: Eligibilities,
    private readonly shares: Shares,
    private readonly learners: Learners,
    private readonly credentials: Credentials,
    private readonly identity: LogIdentity,
    private readonly clock: Clock,
  ) {}

  /** Refuses with `share-ended`: the code on the paper would open nothing. */
  async print(principal: Principal, code: string, shareId: string): Promise<Buffer> {
    const { paper, key } = await this.database.transaction(async (tx) => {
      const scheme = await this.schemes.require(tx, code);
      const share = await this.shares.requireLive(tx, principal, shareId);
      const permit = await this.learners.admit(tx, principal, 'me', PRINTED);
      const profile = await this.learners.profile(tx, permit);
      const eligibility = await this.eligibilities.describe(tx, scheme, permit.learnerId);
      const attachments = [dataOf(eligibility)];
      if (eligibility.evidence.length > 0) {
        const wanted = { learnerId: permit.learnerId, language: 'zh', name: profile.name } as const;
        const { document } = await this.credentials.transcript(tx, wanted);
        attachments.push({
          name: 'learning-record.json',
          mediaType: 'application/vc',
          description: '签名凭证（CLR 2.0） / Signed credential (CLR 2.0)',
          bytes: Buffer.from(JSON.stringify(document)),
        });
      }
      const paper = evidencePaperOf({
        eligibility,
        profile,
        ...this.shares.addressOf(share),
        hasPin: share.pinSealed !== null,
        validUntil: dayOf(share.expiresAt),
        attachments,
        madeAt: this.clock.now(),
      });
      return { paper, key: await this.identity.key(tx) };
    });
    return sealPaper(await printPaper(paper), key);
  }
}

/** The same answer as data; what is kept of the candidacy is between the learner and the school. */
function dataOf(answer: EligibilityDto): PaperAttachment {
  const { candidacy: _, ...eligibility } = answer;
  return {
    name: 'eligibility.json',
    mediaType: 'application/json',
    description: '招生资格（数据） / Eligibility as data',
    bytes: Buffer.from(JSON.stringify(eligibility)),
  };
}
