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
  await tellReview(stage, demo, application);
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
    stage.expect(answer.status === 200 || answer.status === 201, problemText(answer));
    const decision = answer.body.decision ?? answer.body;
    stage.say(
      `${decision.credits} credits by rulebook ${decision.rulebook.id} v${decision.rulebook.version}`,
    );
    for (const grant of decision.granted) stage.say(`+ ${grantText(grant)}`);
    for (const refused of decision.refused.slice(0, MOST_REFUSALS_SHOWN)) {
      stage.say(`- ${refused.ruleTitle.zh} / ${refused.ruleTitle.en}: ${refused.code}`);
    }
    stage.expect(decision.granted.length > 0, 'something should be granted');
  });
}

function grantText({ ruleTitle, courseTitle, credits, basis }) {
  const target = courseTitle ? ` → ${courseTitle.zh} / ${courseTitle.en}` : '';
  return `${credits} ${ruleTitle.zh} / ${ruleTitle.en}${target} (${basis ?? 'no clause'})`;
}

async function tellApplication(stage, cookie, learnerId) {
  return stage.step('The learner applies; the queue evaluates', async () => {
    const json = { learner: learnerId, programme: PROGRAMME };
    const answer = await stage.service.post('/v1/applications', { cookie, json });
    stage.expect(answer.status === 202, problemText(answer));
    stage.say(`application ${answer.body.id} is ${answer.body.state}`);
    const decided = await waitForState(stage.service, cookie, answer.body.id);
    stage.say(`application ${decided.id} is ${decided.state}`);
    stage.expect(decided.state === 'in-review', `it should be in-review, not ${decided.state}`);
    return decided;
  });
}

async function waitForState(service, cookie, id) {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const { body } = await service.get(`/v1/applications/${id}`, { cookie, quiet: true });
    const isOpen = ['submitted', 'evaluating'].includes(body.state);
    if (!isOpen || performance.now() > deadline) return body;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function tellReview(stage, demo, application) {
  await stage.step('The receiving school reviews and approves', async () => {
    const key = keyOf(demo, RECEIVING_SCHOOL, 'registrar');
    const json = { verdict: 'approve', note: '材料齐全，同意转换' };
    const answer = await stage.service.post(`/v1/applications/${application.id}/review`, {
      key,
      json,
    });
    stage.expect(answer.status < 300, problemText(answer));
    stage.say(`application ${application.id} is ${answer.body.state}`);
    stage.expect(answer.body.state === 'booked', `it should be booked, not ${answer.body.state}`);
  });
}
