import type { ProofDto, ProofOutcomeDto } from '../../src/verification/verifications.dto.js';

/** Answers to codes as they are printed: made up, with what is hard to print. */

const CATEGORIES = [
  { code: 'major-basic', title: { zh: '专业基础', en: 'Basics of the major' } },
  { code: 'skill', title: { zh: '职业技能', en: 'Vocational skills' } },
  { code: 'community', title: { zh: '社区教育', en: 'Community education' } },
] as const;

const SCHOOLS = [
  { code: 'YC-COLLEGE', name: { zh: '渝城职业学院', en: 'Yucheng Vocational College' } },
  {
    code: 'SPB-VEC',
    name: { zh: '沙坪坝区职业教育中心', en: 'Shapingba Vocational Education Centre' },
  },
] as const;

const STATES = ['available', 'held', 'used', 'expired', 'revoked', 'registered'] as const;

export function sampleOutcome(serial: number): ProofOutcomeDto {
  const state = STATES[serial % STATES.length] ?? 'available';
  const school = SCHOOLS[serial % 2] ?? SCHOOLS[0];
  return {
    id: `0198c5a2-7a10-7123-8f00-${String(serial).padStart(12, '0')}`,
    code: `SVS-LOG-${100 + serial}`,
    title: {
      zh:
        serial % 5 === 0 ? `物流管理职业技能等级证书（中级）第 ${serial} 期` : `物流基础 ${serial}`,
      en:
        serial % 5 === 0
          ? `1+X logistics management certificate, term ${serial}`
          : `Logistics basics ${serial}`,
    },
    kind: 'degree-course',
    category: CATEGORIES[serial % CATEGORIES.length] ?? CATEGORIES[0],
    institution: school,
    awardedBy: school,
    completedOn: `2026-0${(serial % 6) + 1}-15`,
    recordedAt: '2026-07-02T03:00:00.000Z',
    credits: state === 'registered' ? null : '4',
    hours: serial % 2 === 0 ? '72' : null,
    grade: serial % 3 === 0 ? '85' : null,
    level: serial % 5 === 0 ? '中级' : null,
    state,
    entries: [],
  };
}

export function sampleProof(
  over: {
    name?: string | null;
    outcomes?: number;
    purpose?: string;
    receiver?: string | null;
  } = {},
): ProofDto {
  const outcomes = Array.from({ length: over.outcomes ?? 8 }, (_, serial) => sampleOutcome(serial));
  const used = outcomes.filter(({ state }) => state === 'used');
  return {
    status: 'valid',
    checks: [],
    learner: {
      name: over.name === undefined ? '王小明' : over.name,
      documents: [{ kind: 'resident-id', masked: '5001**********1234' }],
    },
    purpose: over.purpose ?? '报考渝城职业学院 2027',
    receiver: over.receiver === undefined ? '渝城职业学院招生办' : over.receiver,
    sharedAt: '2026-11-24T01:00:00.000Z',
    expiresAt: '2026-12-24T01:00:00.000Z',
    outcomes,
    conversions:
      used.length === 0
        ? []
        : [
            {
              applicationId: '0198c5a2-7a10-7123-8f00-0123456789ab',
              programme: 'YC-LOG-2026',
              title: { zh: '物流管理（高职专科）', en: 'Logistics management (diploma)' },
              institution: SCHOOLS[0],
              bookedAt: '2026-08-02T03:00:00.000Z',
              credits: String(4 * used.length),
              rule: { id: 'yucheng/logistics/2026', version: 1, hash: 'a3'.repeat(32) },
              decisionHash: 'b4'.repeat(32),
              grants: [
                {
                  course: 'C1',
                  courseTitle: null,
                  effect: 'credit',
                  credits: '4',
                  basis: null,
                  outcomes: used.map(({ id }) => id),
                },
              ],
              entries: [],
            },
          ],
    balance: {
      asOf: '2026-11-24',
      total: { available: '40.5', held: '3', used: '12', expired: '0', revoked: '4' },
      categories: CATEGORIES.map((category, place) => ({
        ...category,
        available: `${13.5 * place}`,
        held: place === 0 ? '3' : '0',
        used: place === 1 ? '12' : '0',
        expired: '0',
        revoked: place === 2 ? '4' : '0',
      })),
    },
    checkedAt: '2026-11-24T02:10:00.000Z',
  };
}
