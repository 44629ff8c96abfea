import { Module } from '@nestjs/common';
import { LearnersModule } from '../learners/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { ProposalsModule } from '../proposals/index.js';
import { FaultsStore } from './faults.store.js';
import { ImportFiles } from './import.files.js';
import { ImportRun } from './import.run.js';
import { ImportsController } from './imports.controller.js';
import { ImportsService } from './imports.service.js';
import { ImportsStore } from './imports.store.js';
import { ImportsWorker } from './imports.worker.js';

@Module({
  imports: [LearnersModule, OutcomesModule, ProposalsModule],
  controllers: [ImportsController],
  providers: [ImportsService, ImportsWorker, ImportRun, ImportFiles, ImportsStore, FaultsStore],
})
export class ImportsModule {}
