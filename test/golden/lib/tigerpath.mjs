import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Refusal } from '../../../bin/lib/refusal.mjs';
import { Checkout } from './checkout.mjs';
import { codeOf, documentsOf, monthOf, ON, PLACED } from './tigerpath-documents.mjs';
import { leavesOf, mayCount, treeOf } from './tigerpath-tree.mjs';

const FOLDER = 'tigerpath/majors_and_certificates';
const TESTS = `${FOLDER}/scripts/verifier_tests`;
const DEGREES = ['AB', 'BSE'];

/** The tests of commit 237e97b, in their order, each with what it expects. */
const SHA256 = 'fe4fc921ae26b9d0a11e02b24e4b401f8eba241d1dc08a1092a52d89903072dd';

/**
 * TigerPath's golden learners: every requirement of their programme with what counts in it, whether
 * it is satisfied, where every course counts and which courses wait for a person.
 */
export function runTigerPath({ checkout: folder, ours }) {
  const checkout = new Checkout(folder);
  const languages = languagesOf(checkout);
  const learners = learnersOf(checkout);
  const catalogue = learners.flatMap(({ courses }) => courses);
  const programmes = new Map();
  for (const { programme, year } of learners) {
    if (programmes.has(programme)) continue;
    const kind = DEGREES.includes(programme) ? 'degrees' : 'majors';
    const tree = treeOf(parse(checkout.text(`${FOLDER}/${kind}/${programme}_${year}.json`)));
    const nodes = documentsOf(tree, catalogue, (course, leaf) => mayCount(course, leaf, languages));
    programmes.set(programme, {
      tree,
      nodes: nodes.map((each) => ({ ...each, rulebook: ours.compile(each.document) })),
    });
  }
  const cases = learners.map((learner) => {
    const { tree, nodes } = programmes.get(learner.programme);
    const answers = decide(learner, nodes, ours);
    return {
      name: `${learner.test} ${learner.programme}`,
      differences: [
        ...compareTree(tree, learner.expected.tree, answers),
        ...compareCourses(tree, learner, answers),
        ...compareWaiting(tree, learner.expected.tree, { learner, answers }),
      ],
    };
  });
  const documents = [...programmes.values()].flatMap(({ nodes }) => nodes.map((n) => n.document));
  return {
    documents,
    groups: [{ title: 'golden learners', cases }],
    notes: [
      `${documents.length} documents for ${programmes.size} programmes`,
      `compared: ${learners.map(({ expected }) => sizeOf(expected.tree)).reduce(add, 0)} requirements` +
        ` and ${catalogue.length} courses of ${learners.length} learners`,
      ...(hashOf(checkout) === SHA256 ? [] : ['the tests are not those of commit 237e97b']),
    ],
  };
}

const add = (a, b) => a + b;

/** Requirements of an expected tree that are told. */
function sizeOf({ req_list: below = [] }) {
  return below.map(sizeOf).reduce(add, 1);
}

function hashOf(checkout) {
  const tests = testsOf(checkout).flatMap((test) => [test, `${test}.expected`]);
  return checkout.sha256(...tests.map((file) => `${TESTS}/${file}`));
}

function testsOf({ folder }) {
  const tests = readdirSync(join(folder, TESTS)).filter((name) => name.endsWith('.test'));
  return tests.toSorted((a, b) => parseInt(a, 10) - parseInt(b, 10));
}

/** The departments that `LANG` stands for: the keys of a Python dictionary. */
function languagesOf(checkout) {
  const text = checkout.text(`${FOLDER}/scripts/university_info.py`);
  const found = /LANG_DEPTS = \{([^}]*)\}/.exec(text);
  if (!found) throw new Refusal(`university_info.py in ${checkout.folder} names no languages.`);
  return [...found[1].matchAll(/^\s*"([A-Z]{3})"/gm)].map(([, code]) => code);
}

function learnersOf(checkout) {
  return testsOf(checkout).map((test) => {
    const [programme, year, ...rest] = checkout.text(`${TESTS}/${test}`).split('\n');
    const [courses, tree] = checkout.text(`${TESTS}/${test}.expected`).split('\n\n');
    return {
      test,
      programme,
      year,
      courses: parse(rest.join('\n')).flatMap(coursesOf),
      expected: { courses: JSON.parse(courses).flat(), tree: JSON.parse(tree) },
    };
  });
}

function coursesOf(semester, index) {
  return semester.map(({ name, dist_area: area, settled, external }) => ({
    name: name.split(':')[0],
    area: area || null,
    settled: settled ?? [],
    isExternal: external === true,
    semester: index + 1,
  }));
}

/** Decides document by document, as the bank would: each is told what was taken before. */
function decide(learner, nodes, { evaluate, factsOf }) {
  const used = new Map();
  const answers = new Map();
  for (const { node, rulebook } of nodes) {
    const outcomes =
      node.children.length > 0
        ? node.children.flatMap((child) => partOutcome(child, answers.get(child.id)))
        : learner.courses.map((course, index) =>
            courseOutcome(course, lotOf(index), used.get(lotOf(index))),
          );
    const findings = node.children.length > 0 ? [] : findingsOf(learner, node);
    const decision = evaluate(rulebook, factsOf({ learner: { outcomes, findings } }), ON);
    for (const { lot } of decision.granted.flatMap(({ uses }) => uses)) {
      const uses = used.get(lot) ?? { isGone: false, usedFor: [] };
      uses.usedFor.push({ programme: decision.programme });
      uses.isGone ||= decision.scope !== 'per-programme';
      used.set(lot, uses);
    }
    answers.set(node.id, decision);
  }
  return answers;
}

const lotOf = (index) => `c${index}`;

function courseOutcome({ name, area, isExternal, semester }, lot, uses) {
  const isGone = uses?.isGone === true;
  return {
    lot,
    outcome: codeOf(name),
    title: name,
    source: 'course',
    kind: isExternal ? 'external' : 'own',
    category: area ? area.toLowerCase() : 'none',
    credits: '1',
    available: isGone ? '0' : '1',
    state: isGone ? 'used' : 'available',
    usedFor: uses?.usedFor ?? [],
    completed: monthOf(semester),
  };
}

/** A satisfied part, as the outcome it is for the node above. */
function partOutcome({ id }, { credits, award }) {
  if (award === 'not-met' || credits === '0') return [];
  return [{ lot: id, outcome: id, credits, completed: monthOf(1) }];
}

/** Where a person has placed a course of this programme it counts there and nowhere else. */
function findingsOf({ courses }, { path }) {
  const root = path.split('//').slice(0, 3).join('//');
  return courses.flatMap(({ settled }, index) => {
    const places = settled.filter((place) => `${place}//`.startsWith(`${root}//`));
    if (places.length === 0) return [];
    const isHere = places.some((place) => path.includes(place));
    return [{ what: PLACED, lot: lotOf(index), value: isHere ? '1' : '0' }];
  });
}

function compareTree(node, expected, answers) {
  const differences = [];
  const differ = (what, wanted, got) => {
    if (wanted !== got) differences.push(`${node.path}: ${what}: expected ${wanted}, got ${got}`);
  };
  const decision = answers.get(node.id);
  differ('count', String(expected.count), decision.credits);
  differ('needed', expected.min_needed, node.min);
  differ('satisfied', expected.satisfied, decision.award !== 'not-met');
  const shown = node.children.filter(({ name }) => name !== null);
  const under = shown.map((child, index) => compareTree(child, expected.req_list[index], answers));
  return [...differences, ...under.flat()];
}

/** Where every course counts. */
function compareCourses(tree, { courses, expected }, answers) {
  const counted = courses.map(() => new Set());
  for (const leaf of leavesOf(tree)) {
    for (const { lots } of answers.get(leaf.id).granted) {
      if (leaf.progress) continue;
      for (const lot of lots) counted[Number(lot.slice(1))].add(placeOf(leaf));
    }
  }
  return courses.flatMap(({ name }, index) => {
    const wanted = new Set(expected.courses[index].reqs_satisfied);
    const got = counted[index];
    const isSame = wanted.size === got.size && [...wanted].every((place) => got.has(place));
    return isSame ? [] : [`${name}: expected in ${listed(wanted)}, got ${listed(got)}`];
  });
}

/** Courses that wait until a person places them, at every requirement that lists courses. */
function compareWaiting(node, expected, { learner, answers }) {
  const shown = node.children.filter(({ name }) => name !== null);
  const under = shown.flatMap((child, index) =>
    compareWaiting(child, expected.req_list[index], { learner, answers }),
  );
  if (!expected.unsettled || node.isShared) return under;
  const pending = leavesOf(node).flatMap(({ id }) => answers.get(id)?.pending ?? []);
  const lots = new Set(pending.flatMap((each) => each.lots));
  const waiting = learner.courses.filter((_, index) => lots.has(lotOf(index)));
  const got = listed(waiting.map(({ name }) => name));
  const wanted = listed(expected.unsettled);
  return got === wanted
    ? under
    : [`${node.path}: waiting: expected ${wanted}, got ${got}`, ...under];
}

const listed = (names) => [...names].join(', ') || 'nothing';

/** A shared place without a name is told by the requirement above it. */
function placeOf({ path, name, isShared }) {
  return isShared && name === null ? path.split('//').slice(0, -1).join('//') : path;
}
