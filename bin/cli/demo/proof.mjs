import { keyOf } from '../demo-file.mjs';
import { problemText } from '../service.mjs';

const OFFICE = 'jiangan-admissions';
const ENDED = ['share-not-valid', 'too-many-wrong-codes'];
const MARKS = { pass: '✓', fail: '✗', 'not-applicable': '·' };

/** The learner shares a proof; an admissions office verifies it; the learner takes it back. */
export async function tellProof(stage, demo, cookie) {
  const share = await stage.step('The learner shares a proof for 30 days', async () => {
    const json = { purpose: '报考江岸理工大学', receiver: '江岸理工大学招生处', days: 30 };
    const answer = await stage.service.post('/v1/shares', { cookie, json });
    stage.expect(answer.status === 201, problemText(answer));
    stage.say(`code ${answer.body.code}, until ${answer.body.expiresAt}`);
    stage.say(answer.body.url);
    return answer.body;
  });

  await stage.step('The admissions office verifies it, line by line', async () => {
    const key = keyOf(demo, OFFICE, 'admissions');
    const json = { code: share.code };
    const answer = await stage.service.post('/v1/verifications', { key, json });
    stage.expect(answer.status === 200, problemText(answer));
    const { status, checks, learner, outcomes, conversions } = answer.body;
    stage.say(`${status}: ${learner.name} (${learner.documents[0].masked})`);
    for (const { result, text } of checks) stage.say(`${MARKS[result]} ${text.zh} / ${text.en}`);
    stage.say(`${outcomes.length} outcomes and ${conversions.length} conversion(s) are shown`);
    stage.expect(status === 'valid', `the proof should be valid, not ${status}`);
    stage.expect(
      checks.every(({ result }) => result !== 'fail'),
      'no line should fail',
    );
  });

  await stage.step('The learner takes the share back', async () => {
    const answer = await stage.service.request('DELETE', `/v1/shares/${share.id}`, { cookie });
    stage.expect(answer.status === 204, problemText(answer));
  });

  await stage.step('Whoever still has the code sees nothing, as if it never existed', async () => {
    const answer = await stage.service.get(`/verify/${share.code.replaceAll(' ', '')}`);
    stage.say(problemText(answer));
    // After twenty wrong codes in ten minutes a caller is slowed down, also when replaying this.
    stage.expect(ENDED.includes(answer.body.code), `${ENDED.join(' or ')} was due`);
  });
}
