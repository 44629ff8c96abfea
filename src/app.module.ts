import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessModule } from './access/index.js';
import { AgreementsModule } from './agreements/index.js';
import { AuditsModule } from './audits/index.js';
import { CatalogueModule } from './catalogue/index.js';
import { CredentialsModule, VcApiModule } from './credentials/index.js';
import { DemonstrationModule } from './demonstration/index.js';
import { EquivalenceModule } from './equivalence/index.js';
import { ExchangeModule } from './exchange/index.js';
import { HistoryModule } from './history/index.js';
import { HolidaysModule } from './holidays/index.js';
import { ImportsModule } from './imports/index.js';
import { IndicatorsModule } from './indicators/index.js';
import { InstitutionsModule } from './institutions/index.js';
import { LearnersModule, OnBehalfGuard } from './learners/index.js';
import { LedgerModule } from './ledger/index.js';
import { OutcomesModule } from './outcomes/index.js';
import { ReportsModule } from './reports/index.js';
import { OutreachModule } from './outreach/index.js';
import { RevocationsModule } from './revocations/index.js';
import { ProposalsModule } from './proposals/index.js';
import { QueriesModule } from './queries/index.js';
import { RecoveryModule } from './recovery/index.js';
import { RulebookModule } from './rulebook/index.js';
import { ConversionsModule } from './conversions/index.js';
import { PathwaysModule } from './pathways/index.js';
import { PlanningModule } from './planning/index.js';
import { ProofsModule } from './proofs/index.js';
import { ReevaluationsModule } from './reevaluations/index.js';
import { SingleSignOnModule } from './single-sign-on/index.js';
import { TransparencyModule } from './transparency/index.js';
import { SchemesModule } from './schemes/index.js';
import { SealsModule } from './seals/index.js';
import { SimulationsModule } from './simulations/index.js';
import { VerificationModule } from './verification/index.js';
import { AllowGuard } from './platform/auth/index.js';
import { AttemptsModule } from './platform/attempts/index.js';
import { ClockModule } from './platform/clock/index.js';
import { type Config, ConfigModule } from './platform/config/index.js';
import { CryptoModule } from './platform/crypto/index.js';
import { DatabaseModule } from './platform/database/index.js';
import { TelemetryModule } from './platform/telemetry/index.js';
import { EventsModule } from './platform/events/index.js';
import { OutboundModule } from './platform/outbound/index.js';
import { WebhooksModule } from './webhooks/index.js';
import { WorkloadModule } from './workload/index.js';
import { HealthModule } from './platform/health/index.js';
import { HttpModule } from './platform/http/http.module.js';
import { LimitsGuard, LimitsModule } from './platform/limits/index.js';
import { QueueModule } from './platform/queue/index.js';

/** The composition root: the only file that lists the features. */
@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        ClockModule,
        DatabaseModule,
        // Before the queue: nothing is worked on until the keys are known to fit.
        CryptoModule,
        AttemptsModule,
        QueueModule,
        HealthModule,
        HttpModule,
        LimitsModule,
        TelemetryModule,
        EventsModule,
        OutboundModule,
        WebhooksModule,
        ProposalsModule,
        RecoveryModule,
        OutcomesModule,
        OutreachModule,
        LedgerModule,
        AccessModule,
        AgreementsModule,
        SingleSignOnModule,
        HistoryModule,
        HolidaysModule,
        ImportsModule,
        IndicatorsModule,
        InstitutionsModule,
        LearnersModule,
        CatalogueModule,
        RulebookModule,
        ConversionsModule,
        PathwaysModule,
        PlanningModule,
        ReevaluationsModule,
        SimulationsModule,
        VerificationModule,
        EquivalenceModule,
        QueriesModule,
        SchemesModule,
        ExchangeModule,
        TransparencyModule,
        SealsModule,
        AuditsModule,
        ProofsModule,
        CredentialsModule,
        VcApiModule.forRoot(config),
        RevocationsModule,
        ReportsModule,
        WorkloadModule,
        DemonstrationModule,
      ],
      providers: [
        { provide: APP_GUARD, useClass: AllowGuard },
        { provide: APP_GUARD, useClass: LimitsGuard },
        { provide: APP_GUARD, useExisting: OnBehalfGuard },
      ],
    };
  }
}
