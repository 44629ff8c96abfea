import { canonicalJson, sha256Hex } from '#libs/rules';
import { Completions } from '../../src/outcomes/index.js';
import { draftOf } from '../../src/outcomes/completion.draft.js';
import type { CompletionDto } from '../../src/outcomes/outcomes.dto.js';
import { Clock } from '../../src/platform/clock/index.js';
import { Keyring } from '../../src/platform/crypto/index.js';
import { bucketOf, newId } from '../../src/platform/ids/index.js';
import { Rulebook } from '../../src/rulebook/index.js';
import { type Caller, type World, completion } from './world.js';

const BATCH = 1_000;

/** Posts one completion for each of many new learners, as a file would; their ids in order. */
export async function postCrowd(
  world: World,
  by: Caller,
  people: { first: number; count: number },
  over: object,
): Promise<string[]> {
  const ids: string[] = [];
  for (let done = 0; done < people.count; done += BATCH) {
    const size = Math.min(BATCH, people.count - done);
    const drafts = Array.from({ length: size }, (_, i) => {
      const serial = people.first + done + i;
      const draft = draftOf(completion(serial, over) as CompletionDto & Record<string, unknown>);
      if (!draft.ok) throw new Error(JSON.stringify(draft.problem));
      return draft.value;
    });
    const results = await world.database.transaction((tx) =>
      world.app.get(Completions).postWithin(tx, {
        institutionId: by.institution.id,
        importId: null,
        actor: 'crowd',
        drafts,
      }),
    );
    for (const result of results) {
      if ('problem' in result) throw new Error(JSON.stringify(result.problem));
      ids.push(result.learnerId);
    }
  }
  return ids;
}

/**
 * Puts an application of each learner under review, decided by the version that governs today with
 * nothing granted; as the queue would have left it, without waiting for the queue.
 */
export async function applyAll(
  world: World,
  programme: string,
  learnerIds: readonly string[],
): Promise<string[]> {
  const on = world.app.get(Clock).today();
  const { wrapped } = world.app.get(Keyring).newDataKey();
  const ids = learnerIds.map((learnerId) => newId(bucketOf(learnerId)));
  await world.database.transaction(async (tx) => {
    const { version } = await world.app.get(Rulebook).compiledFor(tx, programme, on);
    const { institutionId } = await world.app.get(Rulebook).programme(tx, programme);
    const document = canonicalJson({ granted: [], pending: [], refused: [], programme });
    await tx.query(
      `INSERT INTO application (bucket, id, learner_id, programme, institution_id, state, on_day,
         requested_by, wrapped_key)
       SELECT b, id, learner, $1, $2, 'in-review', $3, 'crowd', $4
         FROM unnest($5::smallint[], $6::uuid[], $7::uuid[]) AS a(b, id, learner)`,
      [programme, institutionId, on, wrapped, ids.map(bucketOf), ids, learnerIds],
    );
    await tx.query(
      `INSERT INTO decision (bucket, application_id, seq, document, hash, rule_hash, facts_sealed)
       SELECT b, id, 0, $1, decode($2, 'hex'), decode($3, 'hex'), ''
         FROM unnest($4::smallint[], $5::uuid[]) AS a(b, id)`,
      [document, sha256Hex(document), version.hash, ids.map(bucketOf), ids],
    );
  });
  return ids;
}
