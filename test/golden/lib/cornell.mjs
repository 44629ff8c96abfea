import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../../../bin/lib/refusal.mjs';
import { Checkout } from './checkout.mjs';
import {
  courseName,
  coursesOf,
  documentOf,
  examOutcome,
  noScore,
  ON,
  outcomeOf,
  ruleId,
} from './cornell-documents.mjs';

const TABLE = 'src/data/exams/ExamCredit';
const CODE = 'src/requirements/requirement-exam-utils';
const MAPPING = 'src/requirements/requirement-exam-mapping';
const TESTS = 'src/requirements/__test__/exam-credit.test';
const COLLEGES = 'src/data/index';

/** The table of commit 4736f80e. */
const TABLE_SHA256 = '9b64e04dee495ba826452c0031c110cc6ab196d36200822b9a04fe14e7c78c22';

/**
 * Cornell's table of exams: what it gives for every exam, score and college, by their code and by
 * documents made from it; and their own test file, with our engine in the place of their code.
 */
export function runCornell({ checkout: folder, ours }) {
  const theirs = readTheirs(folder);
  const programmes = programmesOf(theirs);
  const documents = programmes.map((programme) => ({
    ...documentOf(theirs.examData, programme),
    examples: examplesOf(theirs, programme),
  }));
  const compiled = new Map(
    documents.map((document, index) => [programmes[index], ours.compile(document)]),
  );
  return {
    documents,
    groups: [
      {
        title: 'their test file, judged by our engine',
        cases: runTheirTests(theirs, compiled, ours),
      },
      ...[...compiled].map(([{ code }, rulebook]) => ({
        title: `every exam and score, ${code}`,
        cases: ours.runExamples(rulebook).map(({ name, differences }) => ({
          name,
          differences: differences.map((d) => `${d.what}: expected ${d.expected}, got ${d.actual}`),
        })),
      })),
    ],
    notes: notesOf(theirs, documents),
  };
}

function readTheirs(folder) {
  const sources = new Checkout(folder);
  const written = /export const colleges = (\[[^\]]*\]) as const/.exec(
    sources.text(`${COLLEGES}.ts`),
  );
  if (!written) throw new Refusal(`${COLLEGES}.ts in ${folder} has no list of colleges.`);
  const colleges = JSON.parse(written[1].replaceAll("'", '"'));
  // Their index of all requirements is large and only asked for this list.
  const checkout = new Checkout(folder, { 'src/data': { colleges } });
  const examData = checkout.load(TABLE).default;
  const entries = Object.values(examData).flatMap((subjects) => Object.values(subjects).flat());
  return {
    folder,
    colleges,
    examData,
    entries,
    isAsPinned: checkout.sha256(`${TABLE}.ts`) === TABLE_SHA256,
    nothing: checkout.load('src/data/constants').NO_FULFILLMENTS_COURSE_ID,
    code: checkout.load(CODE),
    conditions: checkout.load(MAPPING).examRequirementsMapping,
  };
}

/** Every college, and in every college every major that an entry excludes. */
function programmesOf({ colleges, entries }) {
  const majors = [...new Set(entries.flatMap(({ majorsExcluded }) => majorsExcluded ?? []))];
  return colleges.flatMap((college) => [
    { code: college, college, major: null },
    ...majors.map((major) => ({ code: `${college}/${outcomeOf(major, '')}`, college, major })),
  ]);
}

/** One learner for each exam and score, and two with all exams at once: as examples of a document. */
function examplesOf(theirs, programme) {
  const exams = examsOf(theirs);
  const best = [...new Map(exams.map((exam) => [outcomeOf(exam.examType, exam.subject), exam]))];
  const least = exams.filter((exam) => theirs.code.getExamCredit(exam) > 0).toReversed();
  const lowest = new Map(least.map((exam) => [outcomeOf(exam.examType, exam.subject), exam]));
  return [
    ...exams.map((exam) => [`${exam.examType} ${exam.subject} ${exam.score}`, [exam]]),
    ['all exams, the highest scores', best.map(([, exam]) => exam)],
    ['all exams, the lowest scores that count', [...lowest.values()]],
  ].map(([name, taken]) => ({
    name,
    on: ON,
    learner: { outcomes: taken.map((exam) => examOutcome(theirs.examData, exam)) },
    expect: expected(theirs, programme, taken),
  }));
}

function examsOf({ examData, code }) {
  return Object.entries(examData).flatMap(([examType, subjects]) =>
    Object.keys(subjects).flatMap((subject) =>
      [noScore(examType), ...code.getExamScores(examType, subject)].map((score) => {
        return { examType, subject, score };
      }),
    ),
  );
}

/** What their code says of exams in a programme. */
function expected(theirs, programme, exams) {
  const credits = exams.reduce((sum, exam) => sum + theirs.code.getExamCredit(exam), 0);
  const courses = exams.flatMap((exam) => acceptedFor(theirs, programme, exam));
  return {
    credits: String(credits),
    granted: exams.flatMap((exam) => ruleFor(theirs, exam)),
    values: [...new Set(courses.map(courseName))],
  };
}

/** The entry that their code chooses, by its number; an exam names no number twice. */
function entryFor({ code, nothing, examData }, exam) {
  const [{ courseId }] = code.examsTakenToExamCourses([exam]);
  if (courseId === nothing) return undefined;
  return examData[exam.examType][exam.subject].find((entry) => entry.courseId === courseId);
}

function ruleFor(theirs, exam) {
  const entry = entryFor(theirs, exam);
  return entry ? [ruleId(exam.examType, exam.subject, entry.minimumScore ?? entry.score)] : [];
}

function acceptedFor(theirs, programme, exam) {
  const entry = entryFor(theirs, exam);
  if (!entry) return [];
  // Their lookup is by this number: where entries share one, it cannot tell which of them it is.
  const isShared = theirs.entries.filter((e) => e.courseId === entry.courseId).length > 1;
  if (isShared) return coursesOf(entry, programme);
  const found = theirs.conditions[entry.courseId];
  if (!found || found.majorsExcluded?.includes(programme.major)) return [];
  return Object.keys(found.collegeConditions).filter((course) =>
    found.collegeConditions[course].includes(programme.college),
  );
}

/** Runs their test file. What it imports as the code under test is answered by our engine. */
function runTheirTests(theirs, rulebooks, ours) {
  const inCollege = (college) => (exams) => {
    const asked = [...rulebooks].filter(([p]) => college === undefined || p.code === college);
    const answers = asked.map(([, rulebook]) => coursesFor(theirs, rulebook, exams, ours));
    if (answers.every((answer) => isDeepStrictEqual(answer, answers[0]))) return answers[0];
    throw new Error('the colleges give different credit');
  };
  const standIn = {
    examsTakenToExamCourses: inCollege(),
    default: ({ college, exam }) => inCollege(college)(exam),
  };
  const cases = [];
  const it = (name, test) => cases.push({ name, ...outcomeOfTest(test) });
  const checkout = new Checkout(theirs.folder, { [CODE]: { __esModule: true, ...standIn } });
  checkout.load(TESTS, { it, test: it, expect });
  return cases;
}

function outcomeOfTest(test) {
  try {
    test();
    return { differences: [] };
  } catch (error) {
    return { differences: [error.message] };
  }
}

/** As much of Jest as their test asks for; anything else is a TypeError, and the case differs. */
function expect(actual) {
  return {
    toEqual(wanted) {
      if (isDeepStrictEqual(actual, wanted)) return;
      throw new Error(`expected ${JSON.stringify(wanted)}, got ${JSON.stringify(actual)}`);
    },
  };
}

/** A decision in the form in which their code answers. */
function coursesFor({ examData, nothing }, rulebook, exams, { evaluate, factsOf }) {
  const outcomes = exams.map((exam) => examOutcome(examData, exam));
  const { granted } = evaluate(rulebook, factsOf({ learner: { outcomes } }), ON);
  return exams.map(({ examType, subject }, index) => {
    const grant = granted.find(
      ({ effect, lots }) => effect === 'credit' && lots.includes(outcomes[index].lot),
    );
    return {
      courseId: grant ? Number(grant.elective.replace('exam-', '')) : nothing,
      uniqueId: `${examType} ${subject}`,
      code: `${examType} ${subject}`,
      credits: Number(grant?.credits ?? 0),
    };
  });
}

function notesOf({ entries, isAsPinned }, documents) {
  const ids = entries.map(({ courseId }) => courseId);
  const shared = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  const rules = documents[0]?.rules.length ?? 0;
  return [
    `${documents.length} documents of ${rules} rules from ${entries.length} entries`,
    ...(isAsPinned ? [] : ['the table is not that of commit 4736f80e']),
    ...shared.map(
      (id) => `id ${id} stands for several entries in the table; these are compared by the table`,
    ),
  ];
}
