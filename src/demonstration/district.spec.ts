import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { birthDateOfDocument, normaliseDocument, normaliseName } from '#libs/identity';
import { findInCheckout } from '../platform/config/index.js';
import { type District, readDistrict } from './district.js';

const TODAY = '2026-11-23';
const DISTRICT = findInCheckout('src/demonstration/district');
const GENERATOR = findInCheckout('src/demonstration/generate/generate.mjs');

describe('the files of the demonstration district', () => {
  let district: District;

  beforeAll(() => {
    district = readDistrict();
  });

  it('has institutions of every kind', () => {
    const kinds = new Set(district.institutions.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      'admissions-office',
      'authority',
      'community-college',
      'contest-organiser',
      'enterprise',
      'issuer',
      'open-university',
      'overseas-partner',
      'pupil-school',
      'school',
      'senior-university',
    ]);
    expect(district.institutions.length).toBeGreaterThanOrEqual(12);
  });

  it('has at least 60 outcomes of four kinds, and everything posted is one of them', () => {
    const codes = new Set(district.catalogue.map(({ code }) => code));
    expect(codes.size).toBe(district.catalogue.length);
    expect(codes.size).toBeGreaterThanOrEqual(60);
    expect(new Set(district.catalogue.map(({ kind }) => kind)).size).toBe(4);
    const unknown = district.completions.filter(
      ({ draft }) => !('code' in draft.outcome && codes.has(draft.outcome.code)),
    );
    expect(unknown).toEqual([]);
  });

  it('has 301 learners from 16 to 90 years with valid documents and names', () => {
    expect(district.learners).toHaveLength(301);
    const ages: number[] = [];
    for (const { ref, person } of district.learners) {
      const { kind, number } = person.document;
      expect([ref, normaliseDocument(kind, number, TODAY)]).toEqual([
        ref,
        { ok: true, value: number },
      ]);
      if (person.name !== null) expect(normaliseName(person.name).ok).toBe(true);
      const born = birthDateOfDocument(kind, number);
      if (born !== null) ages.push(Number(TODAY.slice(0, 4)) - Number(born.slice(0, 4)));
    }
    expect(Math.min(...ages)).toBe(16);
    expect(Math.max(...ages)).toBeGreaterThan(85);
    expect(new Set(district.learners.map(({ person }) => person.document.kind)).size).toBe(6);
  });

  it('gives nobody a document that could be anybody’s', () => {
    const residents = district.learners.filter(
      ({ person }) => person.document.kind === 'resident-id',
    );
    expect(residents.every(({ person }) => person.document.number.startsWith('500199'))).toBe(true);
    const numbers = new Set(district.learners.map(({ person }) => person.document.number));
    expect(numbers.size).toBe(301);
  });

  it('is what the generator writes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'district-'));
    execFileSync(process.execPath, [GENERATOR, folder]);
    for (const name of ['learners.csv', 'completions.csv']) {
      const committed = readFileSync(join(DISTRICT, name), 'utf8');
      expect(readFileSync(join(folder, name), 'utf8') === committed).toBe(true);
    }
    rmSync(folder, { recursive: true });
  });
});
