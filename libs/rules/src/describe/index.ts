export { describeClause } from './condition.js';
export { describeChange, diffRulebooks, type RulebookChange } from './diff.js';
export { describeCap, describeRule, describeRulebook, type Sentence } from './rulebook.js';
