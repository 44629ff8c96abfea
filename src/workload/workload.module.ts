import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/index.js';
import { IndicatorsModule } from '../indicators/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { ProposalsModule } from '../proposals/index.js';
import { WorkloadCoefficients } from './coefficients.service.js';
import { WorkloadEvidence } from './evidence.service.js';
import { Reckoning } from './reckoning.js';
import { WorkloadStatements } from './statements.service.js';
import { TrainingsStore } from './trainings.store.js';
import { WorkloadController } from './workload.controller.js';
import { Workload } from './workload.service.js';
import { WorkloadStore } from './workload.store.js';

@Module({
  imports: [HistoryModule, IndicatorsModule, InstitutionsModule, ProposalsModule],
  controllers: [WorkloadController],
  providers: [
    Reckoning,
    TrainingsStore,
    Workload,
    WorkloadCoefficients,
    WorkloadEvidence,
    WorkloadStatements,
    WorkloadStore,
  ],
  exports: [Workload, WorkloadCoefficients, WorkloadStatements],
})
export class WorkloadModule {}
