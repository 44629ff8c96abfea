export { describeClause } from './condition.js';
export { describeChange, diffRulebooks, type RulebookChange } from './diff.js';
export { type Limit, type LimitKind, limitsOf } from './limits.js';
export { describeCap, describeRule, describeRulebook, type Sentence } from './rulebook.js';
export { rulesAbout, summarise } from './summary.js';
export { CODES, type Names } from './words.js';
