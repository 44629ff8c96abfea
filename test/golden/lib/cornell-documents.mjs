/** The names their code has for what a document calls a scale. */
const NUMBER_SCALES = { AP: 5, IB: 7 };
const NOT_PASSED = 'none';

export const ON = '2026-10-01';

export const outcomeOf = (type, subject) =>
  `${type} ${subject}`.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replace(/-$/, '');

const slug = (text) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
const both = (text) => ({ zh: text, en: text });

/**
 * The rules of one programme, from their table.
 *
 * An exam gives its credit to a pool that carries their id of the entry, and frees from the courses
 * that the table names for the college. The courses are no credit of their own: the table gives
 * credit to an entry and lists courses for which the exam is accepted.
 *
 * @param examData their table
 * @param programme `{ code, college, major }`; `major` is null or one that an entry excludes
 */
export function documentOf(examData, programme) {
  const entries = entriesOf(examData);
  const total = entries.reduce((sum, { entry }) => sum + entry.credits, 0);
  return {
    format: 'credit-bank-rulebook/1',
    id: `golden/cornell-${slug(programme.code)}`,
    version: 1,
    title: both(`Exam credit, ${programme.code}`),
    basis: [{ text: 'cornell-dti/course-plan, src/data/exams/ExamCredit.ts' }],
    target: {
      programme: programme.code,
      title: both(programme.code),
      institution: 'cornell',
      total: String(total),
      step: '1',
      review: 'none',
      categories: { exam: String(total) },
      electives: [...new Set(entries.map(({ entry }) => entry.courseId))].map((id) => ({
        code: `exam-${id}`,
        title: both(`Exam ${id}`),
        category: 'exam',
      })),
    },
    inForce: { from: '2016-01-01', to: null, by: 'application' },
    scales: scalesOf(examData),
    rules: entries.map((each) => ruleOf(each, programme)),
  };
}

/** Every entry with its exam, and the score from which a better entry of the exam takes over. */
function entriesOf(examData) {
  return Object.entries(examData).flatMap(([type, subjects]) =>
    Object.entries(subjects).flatMap(([subject, entries]) =>
      entries.map((entry) => ({ type, subject, entry, below: nextScore(entries, entry) })),
    ),
  );
}

function nextScore(entries, { minimumScore }) {
  const higher = entries.map((other) => other.minimumScore).filter((s) => s > minimumScore);
  return higher.length > 0 ? Math.min(...higher) : null;
}

function scalesOf(examData) {
  const numbers = Object.entries(NUMBER_SCALES).map(([type, to]) => [
    scaleOf(type),
    { numbers: { from: '0', to: String(to) } },
  ]);
  const named = Object.entries(examData.CASE).map(([subject, entries]) => [
    scaleOf('CASE', subject),
    { values: [NOT_PASSED, ...entries.map(({ score }) => score)] },
  ]);
  return Object.fromEntries([...numbers, ...named]);
}

const scaleOf = (type, subject) =>
  type in NUMBER_SCALES ? slug(type) : slug(`${type} ${subject}`);

function ruleOf({ type, subject, entry, below }, programme) {
  const score = entry.minimumScore ?? entry.score;
  const scale = scaleOf(type, subject);
  const asked =
    type in NUMBER_SCALES
      ? { grade: { scale, atLeast: String(score), ...(below && { below: String(below) }) } }
      : { level: { scale, exactly: score } };
  return {
    id: ruleId(type, subject, score),
    title: both(`${type} ${subject}, ${score}`),
    when: { has: outcomeOf(type, subject), ...asked },
    grants: [
      { elective: `exam-${entry.courseId}`, credits: String(entry.credits) },
      ...coursesOf(entry, programme).map((course) => ({
        effect: 'exemption',
        value: courseName(course),
      })),
    ],
  };
}

/** A score below every entry. */
export const noScore = (type) => (type in NUMBER_SCALES ? 0 : NOT_PASSED);

export const ruleId = (type, subject, score) =>
  `${slug(`${type} ${subject}`)}/${slug(String(score).replaceAll('+', ' plus'))}`;

export const courseName = (course) => `course-${course}`;

/** Courses that an entry names for the college, or for all colleges that it does not name. */
export function coursesOf({ courseEquivalents, majorsExcluded }, { college, major }) {
  if (!courseEquivalents || majorsExcluded?.includes(major)) return [];
  return [...new Set(courseEquivalents[college] ?? courseEquivalents.OTHER_COLLEGES ?? [])];
}

/** An exam that a learner took, as an outcome. Its worth is the most that the table gives for it. */
export function examOutcome(examData, { examType, subject, score }) {
  const entries = examData[examType][subject];
  const mark =
    examType in NUMBER_SCALES
      ? { grade: String(score), gradeScale: scaleOf(examType) }
      : { level: String(score), levelScale: scaleOf(examType, subject) };
  return {
    lot: outcomeOf(examType, subject),
    outcome: outcomeOf(examType, subject),
    source: 'certificate',
    credits: String(Math.max(...entries.map(({ credits }) => credits))),
    completed: '2026-05',
    ...mark,
  };
}
