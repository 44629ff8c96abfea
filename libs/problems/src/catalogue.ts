import type { ProblemDefinition } from './definition.js';
import { accessProblems } from './catalogue/access.js';
import { completionProblems } from './catalogue/completions.js';
import { conversionProblems } from './catalogue/conversions.js';
import { credentialProblems } from './catalogue/credentials.js';
import { definitionProblems } from './catalogue/definitions.js';
import { equivalenceProblems } from './catalogue/equivalence.js';
import { fieldProblems } from './catalogue/fields.js';
import { httpProblems } from './catalogue/http.js';
import { importProblems } from './catalogue/imports.js';
import { indicatorProblems } from './catalogue/indicators.js';
import { institutionProblems } from './catalogue/institutions.js';
import { learnerProblems } from './catalogue/learners.js';
import { ledgerProblems } from './catalogue/ledger.js';
import { lintProblems } from './catalogue/lint.js';
import { pathwayProblems } from './catalogue/pathways.js';
import { proposalProblems } from './catalogue/proposals.js';
import { queryProblems } from './catalogue/queries.js';
import { reportProblems } from './catalogue/reports.js';
import { revocationProblems } from './catalogue/revocations.js';
import { ruleLifeProblems } from './catalogue/rule-life.js';
import { rulebookProblems } from './catalogue/rulebook.js';
import { sourceProblems } from './catalogue/sources.js';
import { schemeProblems } from './catalogue/schemes.js';
import { transparencyProblems } from './catalogue/transparency.js';
import { verificationProblems } from './catalogue/verification.js';
import { webhookProblems } from './catalogue/webhooks.js';
import { workloadProblems } from './catalogue/workload.js';

/**
 * Every refusal this service can give, in one closed table. A code never changes its meaning;
 * `docs/problems.md` and the OpenAPI description are generated from here.
 */
export const PROBLEMS = {
  ...httpProblems,
  ...accessProblems,
  ...fieldProblems,
  ...indicatorProblems,
  ...institutionProblems,
  ...learnerProblems,
  ...definitionProblems,
  ...completionProblems,
  ...sourceProblems,
  ...importProblems,
  ...ledgerProblems,
  ...reportProblems,
  ...revocationProblems,
  ...proposalProblems,
  ...rulebookProblems,
  ...lintProblems,
  ...ruleLifeProblems,
  ...conversionProblems,
  ...equivalenceProblems,
  ...queryProblems,
  ...pathwayProblems,
  ...schemeProblems,
  ...transparencyProblems,
  ...verificationProblems,
  ...credentialProblems,
  ...webhookProblems,
  ...workloadProblems,
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof PROBLEMS;
