import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { HistoryModule } from '../history/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { findInCheckout } from '../platform/config/index.js';
import { DraftAccess } from './draft-access.js';
import { DraftLint } from './draft-lint.js';
import { DraftsController } from './drafts.controller.js';
import { RuleDrafts } from './drafts.service.js';
import { DraftsStore } from './drafts.store.js';
import { DraftViews } from './drafts.views.js';
import { RulePublications } from './publications.service.js';
import { DocumentReader } from './read-document.js';
import { RuleReadings } from './readings.service.js';
import { RetirementsController } from './retirements.controller.js';
import { RuleRetirements } from './retirements.service.js';
import { RuleChanges } from './rule-changes.js';
import { RuleHistory } from './rule-history.js';
import { RuleNames } from './rule-names.js';
import { RulePublisher } from './rule-publisher.js';
import { RuleSearch } from './rule-search.js';
import { RulebookController } from './rulebook.controller.js';
import { RulebookReads } from './rulebook.reads.js';
import { Rulebook } from './rulebook.service.js';
import { RulebookStore } from './rulebook.store.js';

const SCHEMA = 'rulebooks/schema/rulebook-1.schema.json';

@Module({
  imports: [CatalogueModule, HistoryModule, InstitutionsModule],
  // What is fixed in a path comes before what is a name in it.
  controllers: [DraftsController, RetirementsController, RulebookController],
  providers: [
    {
      provide: DocumentReader,
      useFactory: () =>
        new DocumentReader(JSON.parse(readFileSync(findInCheckout(SCHEMA), 'utf8')) as object),
    },
    DraftAccess,
    DraftLint,
    DraftsStore,
    DraftViews,
    RuleChanges,
    RuleDrafts,
    RuleHistory,
    RuleNames,
    RulePublications,
    RulePublisher,
    RuleReadings,
    RuleRetirements,
    RuleSearch,
    Rulebook,
    RulebookReads,
    RulebookStore,
  ],
  exports: [DraftAccess, RuleChanges, RuleDrafts, RuleNames, Rulebook],
})
export class RulebookModule {}
