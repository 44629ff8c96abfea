export * from './rule-version.js';
export { DraftAccess } from './draft-access.js';
export { RuleDrafts } from './drafts.service.js';
export { type RuleChange, RuleChanges } from './rule-changes.js';
export { RuleNames } from './rule-names.js';
export { RulebookModule } from './rulebook.module.js';
export { SchemeReader } from './read-scheme.js';
export { Rulebook } from './rulebook.service.js';
