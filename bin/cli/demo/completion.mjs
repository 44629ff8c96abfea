import { randomUUID } from 'node:crypto';
import { keyOf } from '../demo-file.mjs';
import { problemText } from '../service.mjs';

const SCHOOL = 'xingyang-technician';

/** Another school posts one completion by JSON, once, again, and with another grade. */
export async function tellCompletion(stage, demo, hero) {
  const key = keyOf(demo, SCHOOL, 'registrar');
  const completion = {
    externalId: `DEMO-${randomUUID()}`,
    learner: { name: hero.name, document: { kind: 'resident-id', number: hero.residentId } },
    outcome: 'UNI-SCM',
    completedOn: '2026-07-03',
    grade: '86',
    hours: '64',
  };
  const post = (json) => stage.service.post('/v1/completions', { key, json });

  const first = await stage.step(
    'Another school posts one completion of the same person',
    async () => {
      const answer = await post(completion);
      stage.expect(answer.status === 201, problemText(answer));
      const { outcome, entry, balance, receipt } = answer.body;
      stage.say(`${outcome.title.zh} / ${outcome.title.en}: ${outcome.credits} credits`);
      stage.say(`entry ${entry.id} (${entry.kind} of ${entry.amount})`);
      stage.say(`receipt: posting ${receipt.postingId}, commitment ${receipt.commitment}`);
      stage.say(`the learner now has ${balance.total.available} credits available`);
      return answer.body;
    },
  );

  await stage.step('The same once more: the first answer, nothing counted twice', async () => {
    const answer = await post(completion);
    stage.say(
      `${answer.body.status}; Idempotent-Replayed: ${answer.headers.get('idempotent-replayed')}`,
    );
    stage.expect(answer.status === 200, problemText(answer));
    stage.expect(answer.headers.get('idempotent-replayed') === 'true', 'the header should say so');
    stage.expect(answer.body.entry.id === first.entry.id, 'it should be the same entry');
  });

  await stage.step(
    'The same external id with another grade: a conflict that shows both',
    async () => {
      const answer = await post({ ...completion, grade: '96' });
      stage.say(problemText(answer));
      const { stored, submitted, differences = [] } = answer.body;
      for (const field of differences) {
        stage.say(`${field}: stored ${stored[field]}, submitted ${submitted[field]}`);
      }
      stage.expect(answer.status === 409, `status 409 was due, not ${answer.status}`);
      stage.expect(
        answer.body.code === 'completion-conflict',
        'the code should be completion-conflict',
      );
    },
  );

  return first.outcome.learnerId;
}
