import { keyOf } from '../demo-file.mjs';
import { problemText, sessionCookieOf } from '../service.mjs';

const PROGRAMME = 'LOGISTICS-3Y';
const RECEIVING_SCHOOL = 'qingshan-polytechnic';
const MOST_REFUSALS_SHOWN = 4;
const WAIT_MS = 10_000;
const POLL_MS = 150;

/** The learner looks at the balance, asks what is possible, applies; the school decides. */
export async function tellConversion(stage, demo, learnerId) {
  const cookie = await tellSignIn(stage, demo, learnerId);
  const before = await tellBalance(stage, cookie, 'The learner sees the balance');
  await tellWhatIf(stage, cookie, learnerId);
  const application = await tellApplication(stage, cookie, learnerId);
  const reviewer = keyOf(demo, RECEIVING_SCHOOL, 'registrar');
  await tellFinding(stage, reviewer, application);
  await tellReview(stage, reviewer, application);
  const after = await tellBalance(
    stage,
    cookie,
    'Booked: the balance has moved from available to used',
  );
  stage.expect(Number(after.used) > Number(before.used), 'used credit should have grown');
  return cookie;
}

async function tellSignIn(stage, demo, learnerId) {
  return stage.step('The learner signs in', async () => {
    const key = keyOf(demo, 'district-education', 'operator');
    const opened = await stage.service.post('/v1/demonstration/accounts', {
      key,
      json: { learnerId },
    });
    stage.expect(opened.status === 201, problemText(opened));
    const answer = await stage.service.post('/v1/session', { json: opened.body });
    stage.expect(answer.status === 200, problemText(answer));
    stage.say(`signed in as ${opened.body.name}`);
    return sessionCookieOf(answer);
  });
}

function tellBalance(stage, cookie, title) {
  return stage.step(title, async () => {
    const answer = await stage.service.get('/v1/learners/me/balance', { cookie });
    stage.expect(answer.status === 200, problemText(answer));
    const { total, categories } = answer.body;
    stage.say(`available ${total.available}, held ${total.held}, used ${total.used}`);
    for (const { title, available, held, used } of categories) {
      stage.say(`  ${title.zh} / ${title.en}: available ${available}, held ${held}, used ${used}`);
    }
    return total;
  });
}

async function tellWhatIf(stage, cookie, learnerId) {
  await stage.step(`What would ${PROGRAMME} give? (nothing is booked)`, async () => {
    const json = { learner: learnerId, programme: PROGRAMME };
    const answer = await stage.service.post('/v1/evaluations', { cookie, json });
    stage.expect(answer.status === 200, problemText(answer));
    const { decision } = answer.body;
    stage.say(
      `${decision.credits} credits by rulebook ${decision.rulebook.id} v${decision.rulebook.version}`,
    );
    for (const { text } of decision.granted) stage.say(`+ ${text.zh} / ${text.en}`);
    for (const { text } of decision.refused.slice(0, MOST_REFUSALS_SHOWN)) {
      stage.say(`- ${text.zh} / ${text.en}`);
    }
    stage.expect(decision.granted.length > 0, 'something should be granted');
  });
}

async function tellApplication(stage, cookie, learnerId) {
  return stage.step('The learner applies; the queue evaluates', async () => {
    const json = { learner: learnerId, programme: PROGRAMME };
    const answer = await stage.service.post('/v1/applications', { cookie, json });
    stage.expect(answer.status === 202, problemText(answer));
    stage.say(`application ${answer.body.id} is ${answer.body.state}`);
    return sayDecided(stage, await waitForDecision(stage.service, { cookie }, answer.body.id));
  });
}

function sayDecided(stage, application) {
  const { id, state, decision } = application;
  stage.expect(state === 'in-review', `it should be in-review, not ${state}`);
  stage.say(`application ${id} is ${state}: ${decision.credits} credits`);
  for (const { text } of decision.pending) stage.say(`? ${text.zh} / ${text.en}`);
  return application;
}

async function waitForDecision(service, credential, id) {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const { body } = await service.get(`/v1/applications/${id}`, { ...credential, quiet: true });
    const isOpen = ['submitted', 'evaluating'].includes(body.state);
    if (!isOpen || performance.now() > deadline) return body;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** A rule that asks for a person's judgement stays open until the receiving school has judged. */
async function tellFinding(stage, key, { id, learnerId, decision }) {
  await stage.step('The receiving school compares the contents: 80 % in common', async () => {
    const open = decision.pending.find(({ waitsFor }) => waitsFor[0].finding !== null);
    stage.expect(open, 'a rule should wait for a finding');
    const [{ lot, course, finding }] = open.waitsFor;
    const json = { programme: PROGRAMME, outcome: lot, course, what: finding, value: '80' };
    const path = `/v1/learners/${learnerId}/findings`;
    const answer = await stage.service.post(path, { key, json });
    stage.expect(answer.status === 201, problemText(answer));
    const again = sayDecided(stage, await waitForDecision(stage.service, { key }, id));
    const gained = Number(again.decision.credits) - Number(decision.credits);
    stage.expect(gained > 0, 'the new decision should give more credit');
  });
}

async function tellReview(stage, key, application) {
  await stage.step('The receiving school reviews and approves', async () => {
    const json = { verdict: 'approve', note: '材料齐全，同意转换' };
    const path = `/v1/applications/${application.id}/review`;
    const answer = await stage.service.post(path, { key, json });
    stage.expect(answer.status === 200, problemText(answer));
    const { id, state, entries } = answer.body;
    stage.say(`application ${id} is ${state}`);
    for (const { kind, amount, id: entryId } of entries)
      stage.say(`  ${kind} ${amount} (${entryId})`);
    stage.expect(state === 'booked', `it should be booked, not ${state}`);
  });
}
