import { Module } from '@nestjs/common';
import { CatalogueController } from './catalogue.controller.js';
import { Catalogue } from './catalogue.service.js';
import { CatalogueStore } from './catalogue.store.js';

@Module({
  controllers: [CatalogueController],
  providers: [Catalogue, CatalogueStore],
  exports: [Catalogue],
})
export class CatalogueModule {}
