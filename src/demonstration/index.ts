export { DemonstrationModule } from './demonstration.module.js';
export { demonstrationHint } from './hint.js';
