import { Global, Module } from '@nestjs/common';
import { AccessModule } from '../access/index.js';
import { InstitutionsController } from './institutions.controller.js';
import { Institutions } from './institutions.service.js';
import { InstitutionsStore } from './institutions.store.js';

/** Global: nearly every feature has something that belongs to an institution. */
@Global()
@Module({
  imports: [AccessModule],
  controllers: [InstitutionsController],
  providers: [Institutions, InstitutionsStore],
  exports: [Institutions],
})
export class InstitutionsModule {}
