export { CatalogueModule } from './catalogue.module.js';
export { Catalogue, type CatalogueQuery } from './catalogue.service.js';
export * from './definition.js';
export { isFoundBy, looseTitleKey, searchTextOf, titleKey } from './title-key.js';
