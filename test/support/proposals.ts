import type supertest from 'supertest';
import { Institutions } from '../../src/institutions/index.js';
import type { Role } from '../../src/platform/auth/index.js';
import type { Browser, Person } from './people.js';
import { REASON } from './revocations.js';
import type { World } from './world.js';

/** A proposal as far as the specs look into it. */
export interface ProposalBody {
  readonly id: string;
  readonly digest: string;
  readonly state: string;
}

export type Asker = Pick<Browser, 'get' | 'post'>;

/** Requests with a key that somebody made, or of which nobody knows who made it. */
export async function keyFor(
  world: World,
  { institutionId, roles, maker }: { institutionId: string; roles: Role[]; maker?: Person },
): Promise<Asker> {
  const { key } = await world.database.transaction((tx) =>
    world.app.get(Institutions).issueKey(tx, {
      institutionId,
      roles,
      label: 'system',
      ...(maker && { createdBy: maker.id }),
    }),
  );
  const auth = { authorization: `Bearer ${key}` };
  return {
    get: (path) => world.http.get(path).set(auth),
    post: (path, body) => world.http.post(path).set(auth).send(body),
  };
}

export const pathOf = (outcomeId: string): string => `/v1/outcomes/${outcomeId}/revocation`;

/** The digest of the preview of a revocation. */
export async function digestOf(by: Asker, outcomeId: string): Promise<string> {
  const path = `${pathOf(outcomeId)}?preview=true`;
  const { body } = await by.post(path, { reason: REASON }).expect(200);
  return body.digest as string;
}

/** Proposes a revocation that takes two people. */
export async function propose(by: Asker, outcomeId: string): Promise<ProposalBody> {
  const digest = await digestOf(by, outcomeId);
  const { body } = await by.post(pathOf(outcomeId), { reason: REASON, digest }).expect(202);
  return body as ProposalBody;
}

export function confirm(by: Asker, { id, digest }: ProposalBody): supertest.Test {
  return by.post(`/v1/proposals/${id}/confirmation`, { digest });
}

/** Status and code of an answer that refuses. */
export async function refused(request: supertest.Test): Promise<[number, string]> {
  const { status, body } = await request;
  return [status, body.code as string];
}
