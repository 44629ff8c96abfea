/** What a new rulebook is made of before anybody wrote on it. */
export interface TemplateWish {
  readonly id: string;
  readonly programme: string;
  readonly institution: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly from: string;
}

/**
 * The text of a small rulebook that is right as it stands: one course, one rule, one limit, and an
 * example on either side of the rule. Its comments say what to change.
 */
export function template({ id, programme, institution, title, from }: TemplateWish): string {
  return `# 新规则 / a new rulebook. 说明见 rulebooks/README.md
format: credit-bank-rulebook/1
id: ${id}
version: 1
title: { zh: ${quoted(title.zh)}, en: ${quoted(title.en)} }
basis:
  # 依据的文件和条款 / the regulation that this rests on
  - { text: '（填写文件名称）', clause: '§1' }
target:
  programme: ${programme}
  title: { zh: ${quoted(title.zh)}, en: ${quoted(title.en)} }
  institution: ${institution}
  total: '140'
  step: '0.5'
  review: required
  categories: { major: '100', elective: '40' }
  courses:
    - { code: COURSE-1, title: { zh: 课程一, en: Course one }, credits: '4', category: major }
inForce: { from: ${from}, to: null, by: application }
caps:
  - id: half
    title: { zh: 转换总量不超过专业总学分的一半, en: At most half of the programme is converted }
    max: { percent: '50', of: total }
rules:
  - id: certificate
    title: { zh: 证书替代课程一, en: The certificate replaces course one }
    # 把代码换成目录中的学习成果 / put codes of the catalogue here
    when: { has: [X-LOG-1] }
    grants: [{ course: COURSE-1, credits: of-target }]
examples:
  - name: 有证书的认定 4 学分 / with the certificate, four credits
    on: ${from}
    learner:
      outcomes:
        - { lot: a, outcome: X-LOG-1, source: certificate, credits: '4', completed: ${from} }
    expect: { credits: '4', granted: [certificate] }
  - name: 其他证书不认定 / another certificate gives nothing
    on: ${from}
    learner:
      outcomes:
        - { lot: a, outcome: X-OTHER, source: certificate, credits: '4', completed: ${from} }
    expect: { credits: '0', refused: { certificate: condition-false } }
`;
}

/** Single quotes of YAML, in which only the quote itself is written twice. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The text of a version as the beginning of the next one. */
export function nextVersion(source: string, version: number): string {
  return source.replace(/^version:[ \t]*\d+/m, `version: ${version}`);
}
