export {
  describeFinding,
  type LintCode,
  type LintContext,
  type LintFinding,
  type LintOutcome,
  type LintSeverity,
} from './finding.js';
export { isPublishable, lint } from './lint.js';
