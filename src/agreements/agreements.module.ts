import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { SignedAgreementsController } from './agreements.controller.js';
import { SignedAgreements } from './agreements.service.js';
import { AgreementsStore } from './agreements.store.js';

@Module({
  imports: [HistoryModule, InstitutionsModule],
  controllers: [SignedAgreementsController],
  providers: [AgreementsStore, SignedAgreements],
  exports: [SignedAgreements],
})
export class AgreementsModule {}
