import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Proposables } from '../proposals/index.js';
import { REDEPOSIT, REVOCATION, RevocationService } from './revocation.service.js';

interface RevocationContent {
  readonly outcomeId: string;
}

interface RedepositContent extends RevocationContent {
  readonly appeal: string;
}

/** Carries out what a second person confirmed about one outcome. */
@Injectable()
export class RevocationProposals implements OnModuleInit {
  constructor(
    private readonly proposables: Proposables,
    private readonly service: RevocationService,
  ) {}

  onModuleInit(): void {
    this.proposables.register<RevocationContent>({
      kind: REVOCATION,
      roles: ['registrar', 'issuer'],
      carryOut: async (tx, { principal, content: { outcomeId }, digest, reason }) => {
        await this.service.revokeProposed(tx, principal, { outcomeId, digest, reason });
        return outcomeId;
      },
    });
    this.proposables.register<RedepositContent>({
      kind: REDEPOSIT,
      roles: ['registrar', 'issuer', 'authority'],
      carryOut: async (tx, { principal, content: { outcomeId, appeal }, digest, reason }) => {
        await this.service.redepositProposed(tx, principal, { outcomeId, digest, reason, appeal });
        return outcomeId;
      },
    });
  }
}
