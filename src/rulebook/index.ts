export * from './rule-version.js';
export { RulebookModule } from './rulebook.module.js';
export { Rulebook } from './rulebook.service.js';
