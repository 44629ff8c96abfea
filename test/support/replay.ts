import type { INestApplication } from '@nestjs/common';
import { type Decision, type LearnerFacts, canonicalJson, evaluate } from '#libs/rules';
import { factsContext } from '../../src/conversions/evaluation.worker.js';
import { Keyring } from '../../src/platform/crypto/index.js';
import { Database } from '../../src/platform/database/index.js';
import { Rulebook } from '../../src/rulebook/index.js';

interface StoredDecision {
  application_id: string;
  document: string;
  rule_hash: string;
  facts_sealed: Buffer;
  wrapped_key: Buffer;
}

/**
 * Makes every decision of a suite's database again from what is stored of it: rules by their hash,
 * sealed facts, day and engine. Throws when one gives other bytes. Stand-ins that a crowd is given
 * (`crowd.ts`) have no facts and were never decided.
 *
 * @returns how many were made again
 */
export async function replayDecisions({ app }: { app: INestApplication }): Promise<number> {
  const keyring = app.get(Keyring);
  const rulebook = app.get(Rulebook);
  return app.get(Database).read(async (tx) => {
    const rows = await tx.query<StoredDecision[]>(
      `SELECT d.application_id, d.document, encode(d.rule_hash, 'hex') AS rule_hash,
              d.facts_sealed, a.wrapped_key
         FROM decision d JOIN application a ON a.bucket = d.bucket AND a.id = d.application_id
        WHERE d.facts_sealed <> '' AND a.wrapped_key <> ''`,
    );
    for (const row of rows) {
      const { on, engine } = JSON.parse(row.document) as Decision;
      const key = keyring.unwrap(row.wrapped_key);
      const facts = keyring.open(key, row.facts_sealed, factsContext(row.application_id));
      const compiled = await rulebook.compiledByHash(tx, row.rule_hash);
      const read = JSON.parse(facts.toString('utf8')) as LearnerFacts;
      if (canonicalJson(evaluate(compiled, read, on, engine)) !== row.document) {
        throw new Error(`the decision of application ${row.application_id} comes out differently`);
      }
    }
    return rows.length;
  });
}
