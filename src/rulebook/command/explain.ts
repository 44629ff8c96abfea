import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Language, Text } from '#libs/problems';
import {
  type CompiledRulebook,
  type Decision,
  describeRulebook,
  evaluate,
  type ExampleDocument,
  type ExampleLearnerDocument,
  factsOf,
  narrate,
  readingFor,
} from '#libs/rules';
import { type CompiledScheme, decideScheme, explainScheme } from '#libs/schemes';
import { type Answer, linesOfProblem } from './answer.js';
import type { NamedFile } from './files.js';

export interface Question {
  readonly language: Language;
  /** A learner as in an example: YAML or JSON text, the whole of `learner` or a case of a scheme. */
  readonly learnerFile?: string;
  readonly on?: string;
  /** Number of the example to decide, from 1. */
  readonly example?: number;
}

/** A question that cannot be asked: the command could not do its work. */
export class NoSuchQuestion extends Error {}

/** Says a file in sentences, or the decision of a learner or example under it, with its reasons. */
export function explainFile(named: NamedFile, question: Question): Answer {
  const { name, file, problem } = named;
  if (!file || problem) {
    const lines = problem ? linesOfProblem(name, problem, question.language) : [];
    return { lines, json: { ok: false, file: name, problem }, ok: false };
  }
  return file.format === 'scheme'
    ? explainedScheme(file.scheme, question)
    : explainedRulebook(file.rulebook, question);
}

function explainedScheme(scheme: CompiledScheme, question: Question): Answer {
  const { document, hash } = scheme;
  const given = question.learnerFile
    ? readYamlFile(question.learnerFile)
    : question.example === undefined
      ? undefined
      : chosen(document.examples, question.example).given;
  if (given !== undefined) {
    const answer = decideScheme(scheme, given);
    const lines = Object.entries(answer).map(([what, value]) => `${what}: ${value}`);
    return { lines, json: answer, ok: true };
  }
  const sentences = explainScheme(scheme);
  return {
    lines: [document.title[question.language], ...inLanguage(sentences, question.language)],
    json: { id: document.id, version: document.version, hash, sentences },
    ok: true,
  };
}

function explainedRulebook(compiled: CompiledRulebook, question: Question): Answer {
  const { rulebook, hash } = compiled;
  const asked = askedOf(rulebook.examples, question);
  if (asked) {
    const decision = evaluate(readingFor(compiled, asked), factsOf(asked), asked.on);
    return explainedDecision(decision, question.language);
  }
  const sentences = describeRulebook(compiled);
  return {
    lines: [
      `${rulebook.title[question.language]} (${rulebook.id} ${rulebook.version}, ${hash.slice(0, 12)})`,
      ...sentences.map(({ text }) => `• ${text[question.language]}`),
    ],
    json: { id: rulebook.id, version: rulebook.version, hash, sentences },
    ok: true,
  };
}

function askedOf(
  examples: readonly ExampleDocument[],
  { learnerFile, on, example }: Question,
): ExampleDocument | undefined {
  if (learnerFile === undefined) {
    return example === undefined ? undefined : chosen(examples, example);
  }
  if (on === undefined) throw new NoSuchQuestion('Say for which day: --on 2026-09-01');
  const read = readYamlFile(learnerFile);
  const whole = read !== null && typeof read === 'object' && 'learner' in read;
  const learner = (whole ? read.learner : read) as ExampleLearnerDocument | null;
  if (!Array.isArray(learner?.outcomes)) {
    throw new NoSuchQuestion(
      `${learnerFile}: write the learner as in an example, with "outcomes".`,
    );
  }
  return { name: learnerFile, on, learner, expect: {} };
}

function chosen<T>(examples: readonly T[], number: number): T {
  const example = examples[number - 1];
  if (!example) throw new NoSuchQuestion(`There are ${examples.length} examples, from 1 on.`);
  return example;
}

function readYamlFile(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'), { schema: 'core', maxAliasCount: 100 });
  } catch (error) {
    throw new NoSuchQuestion(`${path}: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
}

function explainedDecision(decision: Decision, language: Language): Answer {
  const said = narrate(decision);
  const part = (title: Text, sentences: readonly Text[]): string[] =>
    sentences.length === 0
      ? []
      : [title[language], ...inLanguage(sentences, language).map((line) => `  ${line}`)];
  const total: Text = {
    en: `Credits: ${decision.credits} (at most ${decision.bound})`,
    zh: `学分：${decision.credits}（上界 ${decision.bound}）`,
  };
  return {
    lines: [
      total[language],
      ...part({ en: 'Granted', zh: '予以认定' }, said.granted),
      ...part({ en: 'Refused', zh: '不予认定' }, said.refused),
      ...part({ en: 'Waiting', zh: '等待核实' }, said.pending),
      ...part({ en: 'For the award', zh: '授予条件' }, said.requirements),
      ...part({ en: 'What is missing', zh: '还需要' }, said.missing),
    ],
    json: { decision, sentences: said },
    ok: true,
  };
}

function inLanguage(texts: readonly Text[], language: Language): string[] {
  return texts.map((text) => text[language]);
}
