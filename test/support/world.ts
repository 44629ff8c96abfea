import type supertest from 'supertest';
import { Catalogue, type NewOutcomeDefinition } from '../../src/catalogue/index.js';
import { type Institution, Institutions } from '../../src/institutions/index.js';
import type { Role } from '../../src/platform/auth/index.js';
import type { Config } from '../../src/platform/config/index.js';
import { Database } from '../../src/platform/database/index.js';
import { millicredits } from '#libs/credit';
import { type TestApp, startTestApp } from './app.js';

/** A caller with a key of one institution. */
export interface Caller {
  readonly institution: Institution;
  readonly key: string;
  get(path: string): supertest.Test;
  post(path: string, body?: object): supertest.Test;
}

/** A small district: two schools, an issuer, a catalogue of three outcomes. */
export interface World extends TestApp {
  readonly database: Database;
  readonly school: Caller;
  readonly otherSchool: Caller;
  readonly issuer: Caller;
  readonly authority: Caller;
  /** Opens an institution with a key of the given roles. */
  caller(code: string, kind: Institution['kind'], roles: Role[]): Promise<Caller>;
}

/** The outcomes of the small district. */
export const OUTCOMES: NewOutcomeDefinition[] = [
  {
    code: 'LOG-BASE',
    kind: 'degree-course',
    form: 'course',
    institutionCode: 'school',
    title: { zh: '物流基础', en: 'Logistics basics' },
    categoryCode: 'major-basic',
    source: 'course',
    credits: millicredits(4000),
    minutes: 4320n,
    gradeScale: 'percent',
    passGrade: '60',
  },
  {
    code: 'X-LOG-2',
    kind: 'vocational-certificate',
    form: 'x-certificate',
    institutionCode: 'issuer',
    title: { zh: '物流管理职业技能等级证书（中级）', en: '1+X logistics certificate' },
    categoryCode: 'skill',
    source: 'certificate',
    credits: millicredits(7000),
    levelScale: 'x-cert',
    level: '中级',
    registration: 'members',
  },
  {
    code: 'TR-CARE',
    kind: 'community-course',
    form: 'training',
    institutionCode: 'school',
    title: { zh: '照护讲习班', en: 'Care class' },
    categoryCode: 'community',
    source: 'training',
    credits: millicredits(1500),
    minAttendancePercent: 80,
    shelfLifeMonths: 84,
  },
  {
    code: 'OPEN-TALK',
    kind: 'community-course',
    form: 'lecture',
    institutionCode: 'school',
    title: { zh: '公开讲座', en: 'Open lecture' },
    categoryCode: 'community',
    source: 'training',
  },
];

export async function startWorld(over: Partial<Config> = {}): Promise<World> {
  const testApp = await startTestApp(over);
  try {
    return await furnish(testApp);
  } catch (error) {
    // Jest would wait for the open application for ever.
    await testApp.close();
    throw error;
  }
}

async function furnish(testApp: TestApp): Promise<World> {
  const database = testApp.app.get(Database);
  const institutions = testApp.app.get(Institutions);
  const caller = async (
    code: string,
    kind: Institution['kind'],
    roles: Role[],
  ): Promise<Caller> => {
    const opened = await database.transaction(async (tx) => {
      const institution = await institutions.create(tx, {
        code,
        kind,
        name: { zh: code, en: code },
        region: '示范区',
      });
      const issued = await institutions.issueKey(tx, {
        institutionId: institution.id,
        roles,
        label: 'test',
      });
      return { institution, key: issued.key };
    });
    const auth = { authorization: `Bearer ${opened.key}` };
    return {
      ...opened,
      get: (path) => testApp.http.get(path).set(auth),
      post: (path, body) => testApp.http.post(path).set(auth).send(body),
    };
  };
  const world = {
    ...testApp,
    database,
    caller,
    school: await caller('school', 'school', ['registrar']),
    otherSchool: await caller('other-school', 'school', ['registrar']),
    issuer: await caller('issuer', 'issuer', ['issuer']),
    authority: await caller('authority', 'authority', ['authority']),
  };
  await database.transaction((tx) => testApp.app.get(Catalogue).create(tx, OUTCOMES));
  return world;
}

/** A fictional resident ID with a right check digit; the number tells people apart. */
export function residentId(serial: number): string {
  const body = `500112199003${String((serial % 28) + 1).padStart(2, '0')}${String(serial % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * weights[i]!, 0);
  return body + '10X98765432'[sum % 11];
}

/** The body of a valid completion, with whatever a test wants to change. */
export function completion(serial: number, over: object = {}): Record<string, unknown> {
  return {
    externalId: `rec-${serial}`,
    learner: {
      name: '王小明',
      document: { kind: 'resident-id', number: residentId(serial) },
    },
    outcome: 'LOG-BASE',
    completedOn: '2026-06-30',
    grade: '85',
    ...over,
  };
}
