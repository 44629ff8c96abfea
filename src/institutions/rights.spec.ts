import type { Institution } from './institution.js';
import { rolesOfKind, whyNotDecided, whyNotOffered, whyNotPosted } from './rights.js';

const SCHOOL: Institution = {
  id: 'school',
  code: 'SVS',
  kind: 'school',
  tier: 'member-unit',
  parentId: null,
  name: { zh: '学校', en: 'School' },
  region: '渝',
  status: 'active',
  awards: null,
  registers: null,
  recognises: null,
  standings: [],
};
const ISSUER: Institution = { ...SCHOOL, id: 'issuer', code: 'EVAL', kind: 'issuer' };
const COURSE = { code: 'LOG', form: 'course', ownerId: 'school' } as const;
const CERTIFICATE = { code: 'X', form: 'x-certificate', ownerId: 'issuer' } as const;
const DAY = '2026-11-26';

describe('what may be posted', () => {
  it.each([
    ['its own course', SCHOOL, COURSE, null],
    ['another’s certificate', SCHOOL, CERTIFICATE, null],
    ['another’s course', { ...SCHOOL, id: 'b' }, COURSE, 'outcome-form-not-registered'],
    ['its own certificate', ISSUER, CERTIFICATE, null],
    ['a course of its own', ISSUER, { ...COURSE, ownerId: 'issuer' }, 'outcome-form-not-awarded'],
    ['what was taken away', { ...SCHOOL, awards: [] }, COURSE, 'outcome-form-not-awarded'],
    [
      'what was given',
      { ...ISSUER, awards: ['course'] as const },
      { ...COURSE, ownerId: 'issuer' },
      null,
    ],
    [
      'no more certificates',
      { ...SCHOOL, registers: [] },
      CERTIFICATE,
      'outcome-form-not-registered',
    ],
  ])('%s', (_, institution, outcome, code) => {
    expect(whyNotPosted(institution, outcome, DAY)?.code ?? null).toBe(code);
  });

  it('stops from the first day of a suspension to its last, for what it is about', () => {
    const span = {
      penalty: 'suspended',
      points: 40,
      from: '2026-11-26',
      to: '2026-11-30',
    } as const;
    const all = { ...SCHOOL, standings: [{ ...span, outcome: null }] };
    const one = { ...SCHOOL, standings: [{ ...span, outcome: 'LOG' }] };
    const days = ['2026-11-25', '2026-11-26', '2026-11-30', '2026-12-01'];
    const open = (institution: Institution, outcome: typeof COURSE | typeof CERTIFICATE) =>
      days.map((day) => whyNotPosted(institution, outcome, day) === null);
    expect(open(all, COURSE)).toEqual([true, false, false, true]);
    expect(open(all, CERTIFICATE)).toEqual([true, false, false, true]);
    expect(open(one, COURSE)).toEqual([true, false, false, true]);
    expect(open(one, CERTIFICATE)).toEqual([true, true, true, true]);
    expect(whyNotPosted(all, COURSE, '2026-11-26')).toMatchObject({
      code: 'posting-suspended',
      params: { institution: 'SVS', points: '40', from: '2026-11-26', to: '2026-11-30' },
    });
  });

  it('goes on at the mildest penalty, but nothing new is begun', () => {
    const span = {
      penalty: 'may-not-apply',
      outcome: null,
      points: 30,
      from: DAY,
      to: null,
    } as const;
    const school = { ...SCHOOL, standings: [span] };
    expect(whyNotPosted(school, COURSE, DAY)).toBeNull();
    expect(whyNotOffered(school, COURSE, DAY)).toMatchObject({ code: 'may-not-apply' });
    expect(whyNotOffered(SCHOOL, COURSE, DAY)).toBeNull();
    expect(whyNotOffered(SCHOOL, CERTIFICATE, DAY)?.code).toBe('outcome-form-not-awarded');
  });
});

describe('who decides', () => {
  it.each([
    ['a school about its own', SCHOOL, null],
    ['an issuer about its own', ISSUER, null],
    ['nobody about anything', { ...SCHOOL, recognises: [] }, 'recognition-missing'],
    [
      'nobody who is suspended',
      { ...SCHOOL, status: 'suspended' as const },
      'institution-suspended',
    ],
    ['about what is named', { ...ISSUER, recognises: ['P'] }, null],
    ['about nothing else', { ...SCHOOL, recognises: ['Q'] }, 'recognition-missing'],
  ])('%s', (_, institution, code) => {
    expect(whyNotDecided(institution, 'P')?.code ?? null).toBe(code);
  });

  it('has roles of its kind', () => {
    expect(rolesOfKind('issuer')).toEqual(['manager', 'issuer']);
  });
});
