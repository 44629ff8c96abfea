import { Module } from '@nestjs/common';
import { CredentialsModule } from '../credentials/index.js';
import { HistoryModule } from '../history/index.js';
import { IndicatorsModule } from '../indicators/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { TransparencyModule } from '../transparency/index.js';
import { ConditionsController } from './conditions/conditions.controller.js';
import { Conditions } from './conditions/conditions.service.js';
import { ConditionsStore } from './conditions/conditions.store.js';
import { ReportPapers } from './papers/report-papers.service.js';
import { ReportLog } from './publishing/report-log.js';
import { ReportPublisher } from './publishing/publisher.service.js';
import { ReportLogController, ReportsController } from './reports.controller.js';
import { Reports } from './reports.service.js';
import { ReportsStore } from './reports.store.js';
import { ReportSchedules } from './schedule/schedule.service.js';
import { ScheduleStore } from './schedule/schedule.store.js';

@Module({
  imports: [
    CredentialsModule,
    HistoryModule,
    IndicatorsModule,
    InstitutionsModule,
    TransparencyModule,
  ],
  controllers: [ConditionsController, ReportsController, ReportLogController],
  providers: [
    Conditions,
    ConditionsStore,
    ReportLog,
    ReportPapers,
    ReportPublisher,
    Reports,
    ReportSchedules,
    ReportsStore,
    ScheduleStore,
  ],
  exports: [Conditions, ReportPublisher, ReportSchedules],
})
export class ReportsModule {}
