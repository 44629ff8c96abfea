export { Batches } from './batches.service.js';
export { EquivalenceModule } from './equivalence.module.js';
export { Equivalence } from './equivalence.service.js';
export { Queries } from './queries.service.js';
