import { describe, type FieldFault, type Problem } from '#libs/problems';
import {
  type CompiledRulebook,
  describeChange,
  describeRulebook,
  diffRulebooks,
  type ExampleDocument,
  type ExampleResult,
  limitsOf,
  type Names,
  narrate,
  runExamples,
} from '#libs/rules';
import type { DraftFinding } from './draft-lint.js';
import type { RuleFindingDto } from './drafts.dto.js';
import type {
  RuleChangeDto,
  RuleLimitDto,
  RuleSentenceDto,
  WorkedExampleDto,
} from './readings.dto.js';
import type { YamlText } from './yaml-text.js';

/** The whole document in sentences. */
export function sentencesOf(compiled: CompiledRulebook, names: Names): RuleSentenceDto[] {
  return describeRulebook(compiled, names).map(({ path, text }) => ({ pointer: path, text }));
}

/** Every worked example and what becomes of it. */
export function workedExamples(compiled: CompiledRulebook, names: Names): WorkedExampleDto[] {
  const { examples } = compiled.rulebook;
  return runExamples(compiled).map((result) =>
    toExampleDto(examples[result.index] as ExampleDocument, result, names),
  );
}

function toExampleDto(
  { name, on, learner }: ExampleDocument,
  { index, decision, differences }: ExampleResult,
  names: Names,
): WorkedExampleDto {
  const { granted, refused, pending } = narrate(decision);
  return {
    name,
    pointer: `/examples/${index}`,
    on,
    outcomes: learner.outcomes.map(({ outcome, credits, hours, grade, level, completed }) => ({
      outcome,
      title: names.outcome(outcome),
      credits: credits ?? null,
      hours: hours ?? null,
      grade: grade ?? null,
      level: level ?? null,
      completed: completed ?? null,
    })),
    credits: decision.credits,
    granted: [...granted],
    refused: [...refused],
    pending: [...pending],
    holds: differences.length === 0,
    differences: differences.map((difference) => ({ ...difference })),
  };
}

/** What a learner would notice between two versions, by rule and clause. */
export function changesBetween(older: CompiledRulebook, newer: CompiledRulebook): RuleChangeDto[] {
  return diffRulebooks(older.rulebook, newer.rulebook).map((change) => {
    const { path, ...said } = change;
    return { ...said, pointer: path, text: describeChange(change) };
  });
}

/** The values that officers change most, with their places in the text. */
export function limitsIn({ value, spanOf }: YamlText): RuleLimitDto[] {
  return limitsOf(value).flatMap(({ path, ...limit }) => {
    const span = spanOf(path);
    return span ? [{ pointer: path, ...limit, ...span }] : [];
  });
}

/** A finding of the linter in both languages. */
export function toFindingDto(finding: DraftFinding): RuleFindingDto {
  const { severity, path, line } = finding;
  return { severity, pointer: path, line, ...wordsOf(finding) };
}

/** What keeps a text from being a document, as findings. */
export function faultsAsFindings({ code, params = {}, faults }: Problem): RuleFindingDto[] {
  const whole: FieldFault = { pointer: '', code, params };
  return (faults ?? [whole]).map((fault) => {
    const line = Number(fault.params?.line);
    return {
      severity: 'error',
      pointer: fault.pointer,
      line: Number.isSafeInteger(line) ? line : null,
      ...wordsOf({ code: fault.code, params: fault.params ?? {} }),
    };
  });
}

function wordsOf({
  code,
  params,
}: Pick<FieldFault, 'code'> & Required<Pick<FieldFault, 'params'>>): Pick<
  RuleFindingDto,
  'code' | 'title' | 'change'
> {
  const [zh, en] = [describe(code, 'zh', params), describe(code, 'en', params)];
  return {
    code,
    title: { zh: zh.title, en: en.title },
    change: { zh: zh.change, en: en.change },
  };
}
