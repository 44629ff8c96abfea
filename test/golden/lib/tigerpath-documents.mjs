import { leavesOf } from './tigerpath-tree.mjs';

export const ON = '2018-06-01';
/** What a person decides of a course that could count in several places. */
export const PLACED = 'placed';
const POOL = 'courses';
const MANY = '1000';

const both = (text) => ({ zh: text, en: text });

/** A course as an outcome code: no spaces. */
export const codeOf = (name) => name.replaceAll(/[^\p{L}\p{N}/]+/gu, '');

/** A semester is a month here: what matters is which comes first. */
export const monthOf = (semester) => `2017-${String(semester).padStart(2, '0')}`;

/**
 * One document for every node of a tree, in the order in which they are decided. A leaf counts courses. What a child counts
 * is an outcome of the learner for its parent, once the child has all it needs; the parent counts it
 * up to the child's limit.
 *
 * @param catalogue every course there is, as `{ name, area }`
 * @param fits whether such a course may count in a leaf
 */
export function documentsOf(tree, catalogue, fits) {
  const places = leavesOf(tree).filter(({ isShared }) => !isShared);
  const isAlone = (course) => places.filter((leaf) => fits(course, leaf)).length === 1;
  return nodesOf(tree).map((node) => {
    const courses = catalogue.filter((course) => fits(course, node));
    const rules =
      node.children.length > 0 ? node.children.map(childRule) : leafRules(node, courses, isAlone);
    return { node, document: documentOf(node, rules) };
  });
}

/** In the order of deciding: shared places, places of their own, then what stands on them. */
function nodesOf(tree) {
  const leaves = leavesOf(tree);
  const above = (node) =>
    [...node.children.flatMap(above), node].filter((n) => !leaves.includes(n));
  return [
    ...leaves.filter(({ isShared }) => isShared),
    ...leaves.filter(({ isShared }) => !isShared),
    ...above(tree),
  ];
}

function documentOf(node, rules) {
  const pools = node.children.length > 0 ? node.children.map(({ id }) => id) : [POOL];
  const caps = node.children.filter(({ max }) => max !== null);
  return {
    format: 'credit-bank-rulebook/1',
    id: `golden/tigerpath-${node.path.split('//')[2].toLowerCase()}/${node.id}`,
    version: 1,
    title: both(node.path.slice(-80)),
    basis: [{ text: 'TigerAppsOrg/TigerPath, majors and degrees' }],
    target: {
      programme: `${node.path.split('//')[2]}/${node.id}`,
      title: both(node.name ?? 'part'),
      institution: 'princeton',
      total: MANY,
      step: '1',
      review: 'none',
      categories: { counted: MANY },
      electives: pools.map((code) => ({ code, title: both(code), category: 'counted' })),
    },
    inForce: { from: '2010-01-01', to: null, by: 'application' },
    // A shared place counts a course and leaves it; a place of its own uses it up.
    ...(node.children.length === 0 && node.isShared && { lots: { scope: 'per-programme' } }),
    caps: caps.map(({ id, max }) => ({ id, max: String(max), of: { elective: id } })),
    rules,
    requirements:
      node.min > 0 ? [{ id: 'needed', title: both('needed'), atLeast: String(node.min) }] : [],
    // A document needs one; the golden learners are compared over all documents of a tree.
    examples: [{ name: 'nobody', on: ON, learner: { outcomes: [] }, expect: { credits: '0' } }],
  };
}

function childRule({ id, name }) {
  return {
    id,
    title: both(name ?? 'part'),
    when: { has: id },
    grants: [{ elective: id, credits: 'of-lot', partial: true }],
  };
}

function leafRules(leaf, courses, isAlone) {
  if (leaf.progress) return [progressRule(leaf.progress)];
  const one = (id, title, condition) => ({
    id,
    title: both(title),
    when: condition,
    grants: [{ elective: POOL, credits: '1' }],
  });
  const placed = { judged: { what: PLACED, atLeast: '1' } };
  const codes = (some) => [...new Set(some.map(({ name }) => codeOf(name)))];
  const free = courses.filter((course) => leaf.isShared || isAlone(course));
  const contested = courses.filter((course) => !free.includes(course));
  return [
    one('external', 'A course from elsewhere, placed here', {
      has: { kind: 'external' },
      ...placed,
    }),
    ...(free.length > 0 ? [one('here', 'Counts here', { has: codes(free) })] : []),
    ...(contested.length > 0
      ? [one('placed', 'Counts where it is placed', { has: codes(contested), ...placed })]
      : []),
  ];
}

function progressRule({ courses, semester }) {
  const [year, month] = monthOf(semester + 1).split('-');
  return {
    id: 'progress',
    title: both(`${courses} courses by semester ${semester}`),
    when: {
      sum: { what: 'credits', atLeast: String(courses) },
      of: {
        has: { source: 'course' },
        completed: { before: `${year}-${month}-01` },
        evidenceOnly: true,
      },
    },
    grants: [{ elective: POOL, credits: '1' }],
  };
}
