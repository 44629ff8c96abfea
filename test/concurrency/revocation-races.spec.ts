import { parseCredits } from '#libs/credit';
import type { Grant } from '#libs/rules';
import { Ledger } from '../../src/ledger/index.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { REASON } from '../support/revocations.js';
import { completion } from '../support/world.js';

const ROUNDS = 200;
/** Rounds that are set up and raced together: each has learners of its own. */
const SIDE_BY_SIDE = 10;
const TODAY = '2026-11-26';

/** A learner with a course and a certificate, and an application under review that holds both. */
interface Round {
  readonly learnerId: string;
  readonly course: string;
  readonly certificate: string;
  readonly application: string;
}

let world: ConversionWorld;
let programme: string;
let rival: string;

beforeAll(async () => {
  world = await startConversionWorld();
  const both = { all: [{ has: 'LOG-BASE' }, { has: 'X-LOG-2' }] };
  const grants = [{ course: 'C1', credits: 'of-target' }];
  const alone = { id: 'certificate', when: { has: 'X-LOG-2' }, grants };
  programme = await world.publish({ rules: [{ id: 'both', when: both, grants }, alone] });
  rival = await world.publish({ review: 'none', rules: [{ ...alone, id: 'rival' }] });
});
afterAll(() => world?.close());

async function setUp(serial: number): Promise<Round> {
  const course = await world.school.post('/v1/completions', completion(serial)).expect(201);
  const over = { externalId: `cert-${serial}`, outcome: 'X-LOG-2', grade: undefined };
  const certificate = await world.issuer
    .post('/v1/completions', completion(serial, over))
    .expect(201);
  const learnerId = course.body.outcome.learnerId as string;
  const accepted = await world.school
    .post('/v1/applications', { learner: learnerId, programme })
    .expect(202);
  const application = accepted.body.id as string;
  expect((await world.settled(world.school, application)).state).toBe('in-review');
  return {
    learnerId,
    application,
    course: course.body.outcome.id as string,
    certificate: certificate.body.outcome.id as string,
  };
}

const acts = (round: Round) => {
  const { application, course, certificate, learnerId: learner } = round;
  const path = `/v1/applications/${application}`;
  return {
    takeCourse: () => world.school.post(`/v1/outcomes/${course}/revocation`, { reason: REASON }),
    takeCertificate: () =>
      world.issuer.post(`/v1/outcomes/${certificate}/revocation`, { reason: REASON }),
    approve: () => world.college.post(`${path}/review`, { verdict: 'approve' }),
    withdraw: () => world.school.post(`${path}/withdrawal`),
    applyElsewhere: () => world.school.post('/v1/applications', { learner, programme: rival }),
    applyAgain: () => world.school.post('/v1/applications', { learner, programme }),
  };
};

type Act = keyof ReturnType<typeof acts>;

const RACES: Act[][] = [
  ['takeCourse', 'approve'],
  ['approve', 'takeCourse', 'takeCourse', 'takeCourse'],
  ['takeCertificate', 'approve', 'applyElsewhere'],
  ['takeCourse', 'takeCertificate', 'approve', 'withdraw'],
  ['applyAgain', 'takeCourse', 'applyElsewhere', 'approve', 'takeCertificate'],
  ['withdraw', 'takeCertificate', 'applyElsewhere'],
];

async function race(round: Round, names: readonly Act[]): Promise<void> {
  const all = acts(round);
  const answers = await Promise.all(names.map((name) => all[name]()));
  const statuses = answers.map(({ status }, i) => `${names[i]} ${status}`);
  for (const taken of ['takeCourse', 'takeCertificate'] as const) {
    const own = statuses.filter((line) => line.startsWith(taken)).sort();
    expect(own).toEqual(own.map((_, i) => `${taken} ${i === 0 ? 200 : 409}`));
  }
  expect(answers.every(({ status }) => [200, 202, 409].includes(status))).toBe(true);
  const ids = [
    round.application,
    ...answers.flatMap(({ status, body }) => (status === 202 ? [body.id as string] : [])),
  ];
  for (const id of ids) await world.settled(world.school, id);
  await assertWhole(round.learnerId);
}

interface StandingGrant {
  document: string;
  state: string;
  isReversed: boolean;
}

/** What is granted, what is used and what is revoked must tell one story. */
async function assertWhole(learnerId: string): Promise<void> {
  await world.database.read(async (tx) => {
    const grants = await tx.query<StandingGrant[]>(
      `SELECT g.document, a.state, r.pos IS NOT NULL AS "isReversed"
         FROM booked_grant g JOIN application a ON a.bucket = g.bucket AND a.id = g.application_id
         LEFT JOIN booked_grant_reversal r ON r.bucket = g.bucket
              AND r.application_id = g.application_id AND r.pos = g.pos
        WHERE g.learner_id = $1`,
      [learnerId],
    );
    expect(grants.filter(({ state, isReversed }) => isReversed !== (state === 'revoked'))).toEqual(
      [],
    );
    const revoked = await tx.query<{ lot_id: string; n: number }[]>(
      `SELECT lot_id, count(*)::int AS n FROM outcome_revocation WHERE learner_id = $1 GROUP BY lot_id`,
      [learnerId],
    );
    expect(revoked.every(({ n }) => n === 1)).toBe(true);
    const gone = revoked.map((row) => row.lot_id);
    const standing = grants
      .filter(({ isReversed }) => !isReversed)
      .map(({ document }) => JSON.parse(document) as Grant);
    expect(standing.filter(({ lots }) => lots.some((lot) => gone.includes(lot)))).toEqual([]);
    const ledger = world.app.get(Ledger);
    for (const lot of await ledger.lots(tx, [learnerId], TODAY)) {
      const isGone = gone.includes(lot.lotId);
      const used = standing
        .flatMap(({ uses }) => uses)
        .filter((use) => use.lot === lot.lotId)
        .reduce((sum, { amount }) => sum + amountOf(amount), 0n);
      expect([lot.used, lot.revoked]).toEqual([used, isGone ? lot.deposited : 0n]);
      expect(lot.available + lot.held + lot.used + lot.revoked).toBe(lot.deposited);
      const [checked] = await ledger.recheck(tx, [learnerId], [lot.lotId]);
      expect(checked?.isSound).toBe(true);
    }
  });
}

function amountOf(credits: string): bigint {
  const parsed = parseCredits(credits);
  return parsed.ok ? parsed.amount : -1n;
}

it(`${ROUNDS} races of revocations with approvals, holds and each other end in a whole`, async () => {
  for (let from = 0; from < ROUNDS; from += SIDE_BY_SIDE) {
    const serials = Array.from({ length: SIDE_BY_SIDE }, (_, i) => from + i);
    const rounds = await Promise.all(serials.map((serial) => setUp(3000 + serial)));
    await Promise.all(
      rounds.map((round, i) => race(round, RACES[(from + i) % RACES.length] as Act[])),
    );
  }
}, 300_000);

it('of 8 that give one outcome back at once, one does; and what is decided meanwhile is sound', async () => {
  for (let n = 0; n < 20; n += 1) {
    const round = await setUp(4000 + n);
    const { takeCourse, applyElsewhere } = acts(round);
    await takeCourse().expect(200);
    const redeposit = () =>
      world.school.post(`/v1/outcomes/${round.course}/redeposit`, { reason: 'r', appeal: 'a' });
    const [elsewhere, ...answers] = await Promise.all([
      applyElsewhere(),
      ...Array.from({ length: 8 }, redeposit),
    ]);
    await world.settled(world.school, elsewhere.body.id as string);
    await world.settled(world.school, round.application);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    await world.database.read(async (tx) => {
      const lots = await world.app.get(Ledger).lots(tx, [round.learnerId], TODAY);
      const course = lots.find(({ lotId }) => lotId === round.course);
      expect([course?.available, course?.revoked]).toEqual([4000n, 0n]);
    });
  }
}, 300_000);
