export { CatalogueModule } from './catalogue.module.js';
export { Catalogue, type CatalogueQuery } from './catalogue.service.js';
export * from './definition.js';
export { looseTitleKey, searchKeysOf, searchTextOf, titleKey } from './title-key.js';
