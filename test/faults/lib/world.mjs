import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const SCHOOLS = ['north', 'south', 'west'];
/** Credit of the one course of every school, in thousandths. */
export const COURSE_MILLICREDITS = 4000n;
export const courseOf = (school) => `${school.toUpperCase()}-COURSE`;

/** The compiled service without HTTP and without a worker, to furnish it and to look into it. */
export async function openService({ root, env }) {
  const load = (path) => import(pathToFileURL(join(root, 'dist', 'src', path)).href);
  const { NestFactory } = await import('@nestjs/core');
  const { AppModule } = await load('app.module.js');
  const { loadConfig } = await load('platform/config/index.js');
  const { migrate, Database } = await load('platform/database/index.js');
  const config = loadConfig({ ...process.env, ...env, PROCESS_ROLE: 'app' });
  await migrate(config.databaseUrl);
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  return { app, database: app.get(Database), load, close: () => app.close() };
}

/** Three schools with a key and a course each. */
export async function furnish({ app, database, load }) {
  const { Institutions } = await load('institutions/index.js');
  const { Catalogue } = await load('catalogue/index.js');
  const institutions = app.get(Institutions);
  const schools = [];
  for (const code of SCHOOLS) {
    schools.push(await database.transaction((tx) => openSchool(tx, institutions, code)));
  }
  await database.transaction((tx) => app.get(Catalogue).create(tx, SCHOOLS.map(course)));
  return schools;
}

async function openSchool(tx, institutions, code) {
  const name = { zh: code, en: code };
  const made = await institutions.create(tx, { code, kind: 'school', name, region: 'x' });
  const request = { institutionId: made.id, roles: ['registrar'], label: 'faults' };
  const { key } = await institutions.issueKey(tx, request);
  return { code, id: made.id, key, course: courseOf(code) };
}

function course(code) {
  return {
    code: courseOf(code),
    kind: 'degree-course',
    form: 'course',
    institutionCode: code,
    title: { zh: `${code} 课程`, en: `${code} course` },
    categoryCode: 'major-basic',
    source: 'course',
    credits: COURSE_MILLICREDITS,
    gradeScale: 'percent',
    passGrade: '60',
  };
}

/** A fictional number with a right check digit; 500198 is the code of no place. */
function residentId(serial) {
  const day = String((serial % 28) + 1).padStart(2, '0');
  const month = String((Math.floor(serial / 28) % 12) + 1).padStart(2, '0');
  const year = 1940 + (Math.floor(serial / 336) % 60);
  const body = `500198${year}${month}${day}${String(serial % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}

export function person(serial) {
  return { name: `学员${serial}`, number: residentId(serial) };
}
