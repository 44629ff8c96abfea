import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { findInCheckout } from '../platform/config/index.js';
import { DocumentReader } from './read-document.js';
import { RulebookController } from './rulebook.controller.js';
import { RulebookReads } from './rulebook.reads.js';
import { Rulebook } from './rulebook.service.js';
import { RulebookStore } from './rulebook.store.js';

const SCHEMA = 'rulebooks/schema/rulebook-1.schema.json';

@Module({
  imports: [InstitutionsModule],
  controllers: [RulebookController],
  providers: [
    {
      provide: DocumentReader,
      useFactory: () =>
        new DocumentReader(JSON.parse(readFileSync(findInCheckout(SCHEMA), 'utf8')) as object),
    },
    Rulebook,
    RulebookReads,
    RulebookStore,
  ],
  exports: [Rulebook],
})
export class RulebookModule {}
