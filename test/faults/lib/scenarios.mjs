import { randomUUID } from 'node:crypto';
import { COURSE_MILLICREDITS, person } from './world.mjs';

const WHOLE = 4_000n;
const TODAY = '2026-11-23';
const ROWS_A_FILE = 100;

/** What can be raced for. A race answers what was wrong with it, or nothing. */
export const SCENARIOS = {
  'one-lot': {
    title: 'all want the whole of one lot, one gets it',
    share: 0.4,
    run: (field) => wholeLot(field, field.ledger),
  },
  eighths: {
    title: 'each wants an eighth, each gets it at the first try',
    share: 0.08,
    run: eighths,
  },
  'no-lock': {
    title: 'all want the whole and none of them locks, one gets it',
    share: 0.1,
    run: (field) => wholeLot(field, field.lockless),
  },
  programmes: {
    title: 'two of each of four programmes want the whole, one of each gets it',
    share: 0.15,
    run: programmes,
  },
  'one-id': {
    title: 'all send one external id: one effect, and other content is refused',
    share: 0.15,
    run: oneId,
  },
  'two-learners': {
    title: 'imports give one external id to two learners: one of them wins',
    share: 0.115,
    run: twoLearners,
  },
  files: {
    title: 'all send one file, half of them from back to front: each row once',
    share: 0.005,
    run: oneFile,
  },
};

async function wholeLot(field, ledger) {
  const lot = await openLot(field);
  const answers = await race(field, () => hold(field, ledger, lot, { amount: WHOLE }));
  const won = answers.filter((answer) => answer.ok);
  const orderly = answers.filter(isRefused('insufficient-credit'));
  const [after] = await lotsOf(field, lot);
  return {
    overspent: won.length > 1 || after.available < 0n || after.held > WHOLE,
    fault: expected(answers, won.length === 1 && orderly.length === field.callers - 1),
  };
}

async function eighths(field) {
  const lot = await openLot(field);
  const amount = WHOLE / BigInt(field.callers);
  const tries = { count: 0 };
  const answers = await race(field, () => hold(field, field.ledger, lot, { amount, tries }));
  const [after] = await lotsOf(field, lot);
  const won = answers.filter((answer) => answer.ok);
  const isWhole = won.length === field.callers && after.available === 0n && after.held === WHOLE;
  if (isWhole && tries.count > field.callers) {
    return { fault: `${tries.count} tries for ${field.callers} movements` };
  }
  return { overspent: after.available < 0n, fault: expected(answers, isWhole) };
}

async function programmes(field) {
  const lot = await openLot(field);
  const answers = await race(field, (i) =>
    hold(field, field.ledger, lot, {
      amount: WHOLE,
      programme: `P${i % 4}`,
      scope: 'per-programme',
    }),
  );
  const won = new Set(answers.flatMap((answer, i) => (answer.ok ? [i % 4] : [])));
  const orderly = answers.filter(isRefused('insufficient-credit'));
  const [after] = await lotsOf(field, lot);
  return {
    overspent: answers.filter((answer) => answer.ok).length > 4 || after.pledged > 4n * WHOLE,
    fault: expected(answers, won.size === 4 && orderly.length === 4 && after.available === WHOLE),
  };
}

/** Seven send the same and one sends another day under the same id. */
async function oneId(field, round) {
  const draft = makeDraft(field, `one-${round}`, round);
  const other = { ...draft, completedOn: '2026-05-31' };
  const isOther = (i) => i === round % field.callers;
  const answers = await race(field, (i) => post(field, [isOther(i) ? other : draft]));
  const all = answers.flatMap((answer) => answer.results ?? [answer]);
  const created = all.filter(({ status }) => status === 'created');
  const conflicts = all.filter(isConflict('completion-conflict'));
  const duplicates = all.filter(({ status }) => status === 'duplicate');
  const otherWon = all[round % field.callers].status === 'created';
  const expectedConflicts = otherWon ? field.callers - 1 : 1;
  const isRight =
    created.length === 1 &&
    conflicts.length === expectedConflicts &&
    duplicates.length === field.callers - 1 - expectedConflicts;
  return { overspent: created.length > 1, fault: expected(answers, isRight) };
}

async function twoLearners(field, round) {
  const answers = await race(field, (i) =>
    post(field, [
      makeDraft(field, `two-${round}`, 500 + (i % 2)),
      makeDraft(field, `own-${round}-${i}`, 600 + i),
    ]),
  );
  const all = answers.map((answer) => answer.results?.[0] ?? answer);
  const created = all.filter(({ status }) => status === 'created');
  const duplicates = all.filter(({ status }) => status === 'duplicate');
  const refused = all.filter(isConflict('external-id-of-another-learner'));
  const half = field.callers / 2;
  const isRight = created.length === 1 && duplicates.length === half - 1 && refused.length === half;
  return { overspent: created.length > 1, fault: expected(answers, isRight) };
}

async function oneFile(field, round) {
  const drafts = Array.from({ length: ROWS_A_FILE }, (_, i) =>
    makeDraft(field, `file-${round}-${i}`, 1_000 + i),
  );
  const answers = await race(field, (i) => post(field, i % 2 ? drafts : drafts.toReversed()));
  const all = answers.flatMap((answer) => answer.results ?? [answer]);
  const created = all.filter(({ status }) => status === 'created').length;
  const duplicates = all.filter(({ status }) => status === 'duplicate').length;
  const isRight = created === ROWS_A_FILE && duplicates === ROWS_A_FILE * (field.callers - 1);
  return { overspent: created > ROWS_A_FILE, fault: expected(answers, isRight) };
}

/** An answer that is thrown, a 503 for example, is an answer too. */
function race({ callers }, call) {
  const calls = Array.from({ length: callers }, (_, i) => call(i));
  return Promise.all(calls.map((answer) => answer.catch((error) => ({ thrown: error.message }))));
}

async function openLot({ database, door, newId, schools }) {
  const lot = { learnerId: newId(), lotId: randomUUID() };
  const head = { actor: 'races', institutionId: schools[0].id };
  const line = { ...lot, categoryId: 1, amount: WHOLE, occurredOn: '2026-06', expiresOn: null };
  const lines = [{ ...line, commitment: Buffer.alloc(32) }];
  await database.transaction((tx) => door.post(tx, head, lines));
  return lot;
}

function hold({ database }, ledger, { learnerId, lotId }, wish) {
  const { amount, programme = null, scope = 'single-use', tries } = wish;
  const command = { kind: 'hold', lotId, amount, programme, scope, reference: randomUUID() };
  return database.transaction((tx) => {
    if (tries) tries.count += 1;
    const head = { actor: 'races', institutionId: null };
    return ledger.move(tx, head, { learnerId, today: TODAY, commands: [command] });
  });
}

function lotsOf({ database, ledger }, { learnerId }) {
  return database.read((tx) => ledger.lots(tx, learnerId, TODAY));
}

async function post({ completions, schools }, drafts) {
  const batch = { institutionId: schools[0].id, importId: null, actor: 'races', drafts };
  return { results: await completions.postBatch(batch) };
}

function makeDraft({ schools }, externalId, serial) {
  const { name, number } = person(serial);
  return {
    externalId,
    person: { name, document: { kind: 'resident-id', number } },
    outcome: { code: schools[0].course },
    completedOn: '2026-06-30',
    grade: '85',
    level: null,
    minutes: null,
    credits: COURSE_MILLICREDITS,
    attendancePercent: null,
    exemptions: [],
    note: null,
  };
}

function isRefused(code) {
  return (answer) => answer.ok === false && answer.problem.code === code;
}

function isConflict(code) {
  return (answer) => answer.status === 'conflict' && answer.problem.code === code;
}

function expected(answers, isRight) {
  if (isRight) return undefined;
  const words = answers.flatMap((answer) => (answer.results ?? [answer]).map(wordOf));
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, times]) => `${times} × ${word}`).join(', ');
}

function wordOf({ ok, thrown, status, problem }) {
  if (thrown) return `thrown ${thrown}`;
  return ok ? 'won' : [status, problem?.code].filter(Boolean).join(' ');
}
