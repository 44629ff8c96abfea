export { EquivalenceModule } from './equivalence.module.js';
