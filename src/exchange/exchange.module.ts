import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { OutcomesModule } from '../outcomes/index.js';
import { ExchangeController } from './exchange.controller.js';
import { Exchange } from './exchange.service.js';
import { SigningKeys } from './signing-keys.service.js';
import { SigningKeysStore } from './signing-keys.store.js';

@Module({
  imports: [InstitutionsModule, LearnersModule, OutcomesModule],
  controllers: [ExchangeController],
  providers: [Exchange, SigningKeys, SigningKeysStore],
})
export class ExchangeModule {}
