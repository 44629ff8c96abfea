import {
  type Answer,
  type BadgeInput,
  CONTEXTS,
  type Cryptosuite,
  type JsonObject,
  type LineName,
  MIN_STATUS_BITS,
  StatusBits,
  type Signer,
  type Verification,
  addProof,
  didKeySigner,
  openBadge,
  statusListCredential,
  verifyCredential,
} from '../src/index.js';

/** The issuer of the specs, and somebody else. */
export const SCHOOL = didKeySigner(Buffer.alloc(32, 7));
export const STRANGER = didKeySigner(Buffer.alloc(32, 8));

export const NOW = new Date('2026-09-01T00:00:00Z');
export const LIST_URL = 'https://bank.example/status/1';
export const INDEX = 94_567;

export const BADGE: BadgeInput = {
  id: 'urn:uuid:0190aaaa-0000-7000-8000-000000000001',
  issuer: { did: SCHOOL.did, name: '松坪职业学校', url: 'https://bank.example/institutions/SPB' },
  subject: { id: 'urn:uuid:0190bbbb-0000-7000-8000-000000000001', name: '欧阳·娜娜' },
  achievement: {
    id: 'https://bank.example/catalogue/SVS-LOG-BASE',
    type: 'Course',
    code: 'SVS-LOG-BASE',
    name: '物流基础',
    description: '物流基础（4 学分）',
    criteria: '修完课程并考核合格',
    language: 'zh-CN',
  },
  completedOn: '2026-06-30',
  credits: '4.125',
  grade: '合格',
  validFrom: new Date('2026-07-02T03:00:00Z'),
  validUntil: new Date('2033-07-02T03:00:00Z'),
  status: { listUrl: LIST_URL, index: INDEX, purpose: 'revocation' },
  entries: ['https://bank.example/v1/entries/0190cccc-0000-7000-8000-000000000001/proof'],
};

/** Signs, or throws: the specs sign what can be signed. */
export async function signed(
  document: JsonObject,
  cryptosuite: Cryptosuite = 'eddsa-rdfc-2022',
  signer: Signer = SCHOOL,
): Promise<JsonObject> {
  const options = { cryptosuite, created: BADGE.validFrom, purpose: 'assertionMethod' } as const;
  const result = await addProof(document, options, signer, CONTEXTS);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.document;
}

/** A badge signed by the school. */
export function signedBadge(change: Partial<BadgeInput> = {}, suite?: Cryptosuite) {
  return signed(openBadge({ ...BADGE, ...change }), suite);
}

/** The school's status list with these places set. */
export function statusList(set: readonly number[] = [], change: Partial<StatusListInput> = {}) {
  return signed(
    statusListCredential({
      url: LIST_URL,
      issuer: SCHOOL.did,
      purpose: 'revocation',
      bits: StatusBits.withSize(MIN_STATUS_BITS, set),
      validFrom: BADGE.validFrom,
      ...change,
    }),
  );
}

type StatusListInput = Parameters<typeof statusListCredential>[0];

/** A world in which the school is known, its list can be had, and nothing else exists. */
export function world(change: Partial<Verification> = {}): Verification {
  return {
    now: NOW,
    resolveDid: () => Promise.resolve(undefined),
    readStatusList: async (url) => (url === LIST_URL ? statusList() : undefined),
    knowIssuer: (did) =>
      Promise.resolve(
        did === SCHOOL.did
          ? { standing: 'known', name: '松坪职业学校' }
          : { standing: 'unknown', name: did },
      ),
    ...change,
  };
}

/** The code of each line. */
export function codes({ lines }: Pick<Answer, 'lines'>): Partial<Record<LineName, string>> {
  return Object.fromEntries(lines.map(({ line, code }) => [line, code]));
}

/** Verdict and codes about a document in the world of the specs. */
export async function codesOf(input: JsonObject | string, change: Partial<Verification> = {}) {
  const answer = await verifyCredential(input, world(change));
  return { verdict: answer.verdict, ...codes(answer) };
}
