import { Caller } from './caller.mjs';

const HEADERS = '外部编号,姓名,证件类型,证件号码,成果代码,完成日期,成绩';
/** People of the demonstration, by the documents that they show. */
const HE = { name: '何淑贞', document: { kind: 'resident-id', number: '500199195403120428' } };
const ZHOU = { name: '周小北', document: { kind: 'resident-id', number: '500199200905203139' } };
const MA = { name: '马建国', document: { kind: 'resident-id', number: '50019919790908251X' } };

/** Stands for a course of the school until one is known. */
const COURSE = 'COURSE';
const PIN = '246810';

/** What pages need to have something to show. Each thing is made once, when a page first asks. */
export class World {
  #made = new Map();
  /** A course of the school whose files are made here. */
  #course;

  constructor(bank) {
    this.bank = bank;
  }

  as(name) {
    return this.#once(`as ${name}`, () => Caller.signIn(this.bank, name));
  }

  /** The digits of a code that shows the record of a learner. */
  async shareCode() {
    const { code } = await this.#once('share', () => this.#share({}));
    return code.replaceAll(' ', '');
  }

  async shareCodeWithPin() {
    const { code } = await this.#once('share with PIN', () => this.#share({ pin: PIN }));
    return code.replaceAll(' ', '');
  }

  async #share(more) {
    const learner = await this.as('learner.he');
    return learner.post('/v1/shares', { purpose: '应聘养老护理员', days: 30, ...more });
  }

  /** The code of a share that is there already, or of one made for this. */
  async share() {
    return (await this.#once('share', () => this.#share({}))).id;
  }

  /** An outcome of a learner's record. */
  async outcome(name) {
    const learner = await this.as(name);
    const { items } = await learner.get('/v1/learners/me/outcomes?limit=100');
    return items.find(({ state }) => state === 'available').id;
  }

  /** A clerk has a learner at the counter. */
  async serving() {
    const made = async () => {
      const clerk = await this.as('clerk.senior');
      return clerk.post('/v1/counter-sessions', {
        learner: HE,
        acts: ['see', 'apply', 'share'],
        given: 'signed-paper',
        record: '3 号窗口，2026-11 册，第 17 页',
        minutes: 60,
      });
    };
    return (await this.#once('serving', made)).id;
  }

  /** A guardian may act for a minor. */
  async guardianship() {
    const made = async () => {
      const clerk = await this.as('clerk.senior');
      const record = '户口簿，3 号窗口，2026-11 册，第 18 页';
      return clerk.post('/v1/guardianships', { learner: ZHOU, guardian: MA, record });
    };
    return (await this.#once('guardianship', made)).id;
  }

  /** A file in its dry run, with rows that fit and rows at fault. */
  async checkedImport() {
    const made = () => this.import('7月结业名单.csv', [this.row(1), this.row(2, { number: '12' })]);
    return (await this.#once('checked import', made)).id;
  }

  async committedImport() {
    const made = async () => {
      const { id } = await this.import('6月结业名单.csv', [this.row(3), this.row(4)]);
      const school = await this.as('registrar.qingshan');
      await school.post(`/v1/imports/${id}/commit`);
      return school.until(`/v1/imports/${id}`, ({ state }) => state === 'committed');
    };
    return (await this.#once('committed import', made)).id;
  }

  async failedImport() {
    const made = () => this.import('通知.csv', undefined);
    return (await this.#once('failed import', made)).id;
  }

  /** A row of the template; the number of an invented person is right unless another is given. */
  row(serial, { number = residentId(serial), name = `学员${serial}` } = {}) {
    const id = `browser-${process.pid}-${serial}`;
    return [id, name, '居民身份证', number, COURSE, '2026-06-30', '85'].join(',');
  }

  /** A file of rows as text, for a course that the school may post. */
  async sheet(rows) {
    const school = await this.as('registrar.qingshan');
    this.#course ??= await ownCourse(school, 'qingshan-vocational');
    return [HEADERS, ...rows.map((row) => row.replace(COURSE, this.#course))].join('\r\n');
  }

  /** Sends a file of rows, or one that is no list at all, and waits until it has been looked at. */
  async import(fileName, rows) {
    const school = await this.as('registrar.qingshan');
    const text = rows ? await this.sheet(rows) : '各位老师：请于月底前报送。';
    const form = new FormData();
    form.set('file', new Blob([text]), fileName);
    const { id } = await school.post('/v1/imports', form);
    const isRead = ({ state }) => ['checked', 'failed'].includes(state);
    return school.until(`/v1/imports/${id}`, isRead);
  }

  /** A draft of the next version of a rule, with one limit changed. */
  async draft() {
    const made = async () => {
      const author = await this.as('rules.author');
      const id = encodeURIComponent('district/logistics-3y');
      const { source, version } = await author.get(`/v1/rules/${id}`);
      const text = source.replace(/^version: \d+$/m, `version: ${version + 1}`);
      return author.post('/v1/rules/drafts', { document: text });
    };
    return (await this.#once('draft', made)).id;
  }

  /** What that draft would do to everybody. */
  async simulation() {
    const made = async () => {
      const author = await this.as('rules.author');
      const path = `/v1/rules/drafts/${await this.draft()}/simulations`;
      const { id } = await author.post(path, {});
      return author.until(`/v1/rules/simulations/${id}`, ({ state }) => state === 'done');
    };
    return (await this.#once('simulation', made)).id;
  }

  /** The id of the first of a list. */
  async firstOf(path, name = 'authority') {
    const { items } = await (await this.as(name)).get(path);
    if (items.length === 0) throw new Error(`${name} finds nothing at ${path}`);
    return items[0].id;
  }

  /** A pathway and somebody in its college stage, as the college knows them. */
  async enrolment() {
    const id = await this.firstOf('/v1/pathways');
    const college = await this.as('registrar.polytechnic');
    const { items } = await college.get(`/v1/pathways/${id}/enrolments?limit=100`);
    return [id, items.find(({ state }) => state === 'college').id];
  }

  /** A version of a pathway with one more intake, which waits for a second person. */
  async pathwayProposal() {
    const made = async () => {
      const authority = await this.as('authority');
      const { items } = await authority.get('/v1/proposals?open=true&limit=100');
      const open = items.find(({ kind }) => kind === 'pathway-publication');
      if (open) return open;
      const { document } = await authority.get(
        `/v1/pathways/${await this.firstOf('/v1/pathways')}`,
      );
      const intakes = [...document.intakes, { year: 2031, places: 50 }];
      const next = { ...document, version: document.version + 1, intakes };
      const body = { document: JSON.stringify(next), reason: '2031 级招生计划' };
      return authority.post('/v1/pathways', body);
    };
    return (await this.#once('pathway proposal', made)).id;
  }

  /** The newest published report and the one before it. */
  async twoReports() {
    const { items } = await new Caller(this.bank.base, {}).get('/v1/reports?limit=2');
    return items.map(({ id }) => id);
  }

  /** The code of something that can be learned. */
  async course() {
    const { items } = await new Caller(this.bank.base, {}).get('/v1/catalogue?limit=1');
    return items[0].code;
  }

  /** Where a school finds an outcome that it posted for a learner. */
  async recordOf(name) {
    const learner = await this.as(name);
    const { items: institutions } = await learner.get('/v1/institutions?limit=100');
    const school = institutions.find(({ code }) => code === 'qingshan-vocational');
    const { items } = await learner.get('/v1/learners/me/outcomes?limit=100');
    const outcome = items.find(
      ({ institutionId, state }) => institutionId === school.id && state !== 'revoked',
    );
    const { learnerId } = this.bank.accounts.find((account) => account.name === name);
    return { learner: learnerId, id: outcome.id };
  }

  /** An application of the demonstration that is in one of these states, as this account sees it. */
  async application(name, states) {
    const caller = await this.as(name);
    const { items } = await caller.get('/v1/applications?limit=100');
    const found = items.find(({ state }) => states.includes(state));
    if (!found) {
      const there = [...new Set(items.map(({ state }) => state))].join(', ');
      throw new Error(`${name} sees no application that is ${states.join(' or ')}, only ${there}`);
    }
    return found.id;
  }

  /** A list of an admissions office with its answers. */
  async checkedList() {
    const made = async () => {
      const office = await this.as('admissions.polytechnic');
      const form = new FormData();
      const rows = ['验证码', await this.shareCode(), '000000000000'].join('\r\n');
      form.set('file', new Blob([rows]), '报名名单.csv');
      form.set('programme', 'HEALTH-OU');
      const { id } = await office.post('/v1/equivalence/batches', form);
      const isDone = ({ state }) => ['done', 'failed'].includes(state);
      return office.until(`/v1/equivalence/batches/${id}`, isDone);
    };
    return (await this.#once('checked list', made)).id;
  }

  /** What an office asked a school about an answer that looked wrong. */
  async schoolQuery() {
    const made = async () => {
      const office = await this.as('admissions.polytechnic');
      const learner = await this.as('learner.zhou');
      const { code } = await learner.post('/v1/shares', { purpose: '报名', days: 30 });
      const question = { shareCode: code, programme: 'HEALTH-OU' };
      const answer = await office.post('/v1/equivalence', question);
      const [school] = answer.schools;
      const words = '本人持有结业证书，未见登记，请核对。';
      return office.post('/v1/equivalence/queries', {
        answer: answer.id,
        school: school.code,
        words,
      });
    };
    return (await this.#once('school query', made)).id;
  }

  /** An order to take back one course of one summer day, which reaches few and needs one person. */
  async revocationOrder() {
    const made = async () => {
      const authority = await this.as('authority');
      const order = {
        institution: 'anlan-training',
        from: '2026-08-01',
        to: '2026-08-31',
        reason: '抽查发现该月培训学时不足',
      };
      const { id } = await authority.post('/v1/revocations', order);
      return authority.until(`/v1/revocations/${id}`, ({ state }) => state === 'done');
    };
    return (await this.#once('revocation order', made)).id;
  }

  /** An application that waits for people; one of this learner that waits already will do. */
  async freshApplication(name, programme) {
    const learner = await this.as(name);
    const { items } = await learner.get('/v1/applications?limit=100');
    const waiting = items.find(({ state }) => state === 'in-review');
    if (waiting) return waiting.id;
    const { id } = await learner.post('/v1/applications', { learner: 'me', programme });
    await learner.until(`/v1/applications/${id}`, ({ state }) => state === 'in-review');
    return id;
  }

  /** An outcome about whose circumstances the school said something. */
  async statedOutcome() {
    const made = async () => {
      const { wrong: like, school } = await this.correctable('learner.he');
      const { outcome } = await school.post('/v1/completions', {
        externalId: `stated-${process.pid}`,
        learner: { id: like.learnerId },
        outcome: like.code,
        completedOn: like.completedOn,
        ...(like.grade && { grade: like.grade }),
        ...(like.hours && { hours: like.hours }),
        ...(like.attendancePercent && { attendancePercent: like.attendancePercent }),
        circumstances: { groups: ['older'], trainingKind: 'upgrading', subsidised: true },
      });
      return outcome;
    };
    return (await this.#once('stated outcome', made)).id;
  }

  /** Has the school of one outcome of a learner take it back. */
  async revokeOne(name) {
    const { wrong, school } = await this.correctable(name);
    return school.post(`/v1/outcomes/${wrong.id}/revocation`, { reason: '成绩登记有误' });
  }

  /** An outcome of a learner that can be used, and the school that may take it back. */
  async correctable(name) {
    const learner = await this.as(name);
    const { items } = await learner.get('/v1/learners/me/outcomes?limit=100');
    const { items: institutions } = await learner.get('/v1/institutions?limit=100');
    for (const wrong of items.filter(({ state }) => state === 'available')) {
      const { code } = institutions.find(({ id }) => id === wrong.institutionId);
      const key = this.bank.keys.find(({ institutionCode }) => institutionCode === code);
      if (!key?.roles.includes('registrar')) continue;
      return { wrong, school: new Caller(this.bank.base, { authorization: `Bearer ${key.key}` }) };
    }
    throw new Error(`${name} has no outcome that a school can take back`);
  }

  #once(what, make) {
    if (!this.#made.has(what)) this.#made.set(what, make());
    return this.#made.get(what);
  }
}

/** A course that a school may post and that is graded in per cent, as the rows are. */
async function ownCourse(school, code) {
  const { items } = await school.get('/v1/catalogue?limit=100');
  const own = items.filter((item) => item.institution.code === code && item.openTo === null);
  return own.find(({ gradeScale }) => gradeScale === 'percent').code;
}

/** A fictional number with a right check digit; 500198 is the code of no place. */
export function residentId(serial) {
  const body = `5001981980${String((serial % 12) + 1).padStart(2, '0')}15${String(serial % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}
