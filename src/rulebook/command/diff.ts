import type { Language } from '#libs/problems';
import { describeChange, diffRulebooks } from '#libs/rules';
import type { RuleFile } from '../documents.js';
import { type Answer, linesOfProblem } from './answer.js';
import type { NamedFile } from './files.js';

/** What changed from one file to another, by rule and clause, in words. */
export function diffFiles(older: NamedFile, newer: NamedFile, language: Language): Answer {
  const faults = [older, newer].flatMap(({ name, problem }) =>
    problem ? linesOfProblem(name, problem, language) : [],
  );
  const [from, to] = [rulebookOf(older.file), rulebookOf(newer.file)];
  if (!from || !to) {
    const lines = faults.length > 0 ? faults : ['Only rulebooks are compared by clause.'];
    return { lines, json: { ok: false, faults }, ok: false };
  }
  const changes = diffRulebooks(from.rulebook, to.rulebook).map((change) => {
    return { ...change, sentence: describeChange(change) };
  });
  const none = { en: 'Nothing that a learner would notice changed.', zh: '没有实质变化。' };
  return {
    lines:
      changes.length > 0 ? changes.map(({ sentence }) => sentence[language]) : [none[language]],
    json: { from: from.hash, to: to.hash, changes },
    ok: true,
  };
}

function rulebookOf(
  file: RuleFile | null,
): Extract<RuleFile, { format: 'rulebook' }>['rulebook'] | undefined {
  return file?.format === 'rulebook' ? file.rulebook : undefined;
}
