import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { ConsentGuard } from './consent.guard.js';
import { OutreachConsents } from './consents.js';
import { OutreachConsentsStore } from './consents.store.js';
import { OutreachFigures } from './figures.js';
import { OutreachController } from './outreach.controller.js';

@Module({
  imports: [InstitutionsModule, LearnersModule, OutcomesModule],
  controllers: [OutreachController],
  providers: [ConsentGuard, OutreachConsents, OutreachConsentsStore, OutreachFigures],
  exports: [OutreachConsents],
})
export class OutreachModule {}
