import { Module } from '@nestjs/common';
import { ConversionsModule } from '../conversions/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { TransparencyModule } from '../transparency/index.js';
import { DocumentsController } from './documents/documents.controller.js';
import { Documents } from './documents/documents.service.js';
import { ShareDependants } from './dependants.js';
import { GuessLimits } from './guess-limits.js';
import { ProofSources } from './proof-sources.js';
import { CodeReindexing } from './reindexing.js';
import { SharesController } from './shares.controller.js';
import { Shares } from './shares.service.js';
import { SharesStore } from './shares.store.js';
import { TranscriptSigner } from './transcript/transcript-signer.js';
import { TranscriptsController } from './transcript/transcripts.controller.js';
import { Transcripts } from './transcript/transcripts.service.js';
import { VerificationsController } from './verifications.controller.js';
import { Verifications } from './verifications.service.js';
import { SharePins } from './share-pins.js';
import { SharedLearners } from './shared-learners.js';
import { SharesKeeper } from './keeper.js';

@Module({
  imports: [
    ConversionsModule,
    CredentialsModule,
    InstitutionsModule,
    LearnersModule,
    LedgerModule,
    OutcomesModule,
    TransparencyModule,
  ],
  controllers: [
    SharesController,
    TranscriptsController,
    DocumentsController,
    VerificationsController,
  ],
  providers: [
    SharesKeeper,
    CodeReindexing,
    Documents,
    GuessLimits,
    ProofSources,
    ShareDependants,
    SharePins,
    SharedLearners,
    Shares,
    SharesStore,
    TranscriptSigner,
    Transcripts,
    Verifications,
  ],
  exports: [SharedLearners, Shares, Verifications],
})
export class VerificationModule {}
