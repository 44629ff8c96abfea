import { sleep } from '../../../bin/lib/process.mjs';
import { COURSE_MILLICREDITS, person } from './world.mjs';
import { fileForm, send } from './http.mjs';

const PEOPLE = 2_500;
const POLL_MS = 150;
const PATIENCE_MS = 900_000;
const HEADERS = '外部编号,姓名,证件类型,证件号码,成果代码,完成日期,成绩';
const RESTING = ['checked', 'committed', 'failed'];

/** A caller as the handbook asks for: it asks again until it has an answer, with the same content. */
class Client {
  constructor({ name, chance, book, ports, school, run }) {
    Object.assign(this, { name, chance, book, ports, school, run });
    this.port = chance.pick(ports);
  }

  /** Answers with the first answer that is one, and with how many tries came before it. */
  async ask(call) {
    const deadline = Date.now() + PATIENCE_MS;
    for (let tries = 0; ; tries += 1) {
      const answer = await this.#try(call);
      this.book.countAnswer(answer);
      const isAnswer = !(answer instanceof Error) && answer.status < 500;
      if (isAnswer) return { ...answer, tries };
      if (Date.now() > deadline) throw new Error(`${this.name} got no answer: ${describe(answer)}`);
      this.book.retries += 1;
      this.port = this.chance.pick(this.ports);
      await sleep(this.chance.between(50, 300));
    }
  }

  async #try(call) {
    try {
      return await send({ port: this.port, key: this.school.key, ...call });
    } catch (error) {
      return error;
    }
  }

  expect(isRight, what, answer) {
    if (!isRight) this.book.complain(`${this.name}: ${what}: ${describe(answer)}`);
    return isRight;
  }
}

/** Posts single completions, one after the other. */
export class Poster extends Client {
  async work() {
    for (let n = 0; !this.run.isOver; n += 1) {
      const serial = this.chance.between(1, PEOPLE);
      const completion = this.#completion(`${this.name}-${n}`, serial);
      const posted = await this.#post(completion);
      if (!posted) continue;
      this.book.acknowledge(completion.externalId, {
        school: this.school,
        serial,
        how: 'single',
        entryId: posted.entry.id,
      });
      if (this.chance.happens(0.04)) await this.#again(completion, posted);
      if (this.chance.happens(0.02)) await this.#contradict(completion);
      if (this.chance.happens(0.03)) await this.#revoke(completion, posted);
    }
  }

  #completion(externalId, serial) {
    const { name, number } = person(serial);
    return {
      externalId,
      learner: { name, document: { kind: 'resident-id', number } },
      outcome: this.school.course,
      completedOn: '2026-06-30',
      grade: String(this.chance.between(60, 100)),
    };
  }

  async #post(completion) {
    const call = { method: 'POST', path: '/v1/completions', json: completion };
    const answer = await this.ask(call);
    // 200 means that an earlier try had been booked although its answer never came.
    const isRight = answer.status === 201 || (answer.status === 200 && answer.tries > 0);
    if (!this.expect(isRight, completion.externalId, answer)) return undefined;
    if (answer.status === 200) this.book.resent += 1;
    const amount = Number(COURSE_MILLICREDITS) / 1000;
    this.expect(answer.body.entry?.amount === String(amount), completion.externalId, answer);
    return answer.body;
  }

  async #again(completion, posted) {
    const call = { method: 'POST', path: '/v1/completions', json: completion };
    const answer = await this.ask(call);
    const isSame = answer.status === 200 && answer.body.entry?.id === posted.entry.id;
    this.expect(isSame, `${completion.externalId} sent again`, answer);
  }

  async #contradict(completion) {
    const json = { ...completion, completedOn: '2026-05-31' };
    const answer = await this.ask({ method: 'POST', path: '/v1/completions', json });
    const isConflict = answer.status === 409 && answer.body.code === 'completion-conflict';
    this.expect(isConflict, `${completion.externalId} with other content`, answer);
  }

  async #revoke({ externalId }, { outcome }) {
    const path = `/v1/outcomes/${outcome.id}/revocation`;
    const answer = await this.ask({ method: 'POST', path, json: { reason: '登记有误' } });
    const wasBooked = answer.tries > 0 && answer.body.code === 'already-revoked';
    if (!this.expect(answer.status === 200 || wasBooked, `${externalId} taken back`, answer))
      return;
    this.book.postings.get(externalId).revoked = true;
    this.book.progress += 1;
  }
}

/** Sends files, one after the other, as fast as the run's plan for its kills allows. */
export class Importer extends Client {
  async work() {
    for (let n = 0; !this.run.isOver; n += 1) {
      const rows = Array.from({ length: this.chance.between(300, 1_200) }, (_, i) => ({
        externalId: `${this.name}-${n}-${i}`,
        serial: this.chance.between(1, PEOPLE),
      }));
      while (!this.run.isOver && !this.run.wantsRows()) await sleep(POLL_MS);
      if (this.run.isOver) return;
      // Every fifth file comes twice at the same time, once from back to front.
      const copies = this.chance.happens(0.2) ? [rows, rows.toReversed()] : [rows];
      try {
        const sent = await Promise.all(copies.map((copy, i) => this.#import(copy, `${n}.${i}`)));
        this.#note(rows, sent);
      } catch (error) {
        this.book.complain(error.message);
      }
    }
  }

  async #import(rows, name) {
    const form = fileForm(`${this.name}-${name}.csv`, this.#sheet(rows));
    const received = await this.ask({ method: 'POST', path: '/v1/imports', form });
    if (!this.expect(received.status === 202, `file ${name}`, received)) return undefined;
    const { id } = received.body;
    this.book.imports.add(id);
    const checked = await this.#rest(id, 'received');
    const isFit = checked.state === 'checked' && checked.rows.faulty === 0;
    if (!this.expect(isFit, `dry run of ${id}`, { body: checked })) return undefined;
    const begun = await this.ask({ method: 'POST', path: `/v1/imports/${id}/commit` });
    if (!this.expect(begun.status === 202, `commit of ${id}`, begun)) return undefined;
    const committed = await this.#rest(id, 'checked');
    const { posted, alreadyPosted, faulty } = committed.rows;
    const isWhole = posted + alreadyPosted === rows.length && faulty === 0;
    const isDone = committed.state === 'committed' && isWhole;
    if (!this.expect(isDone, `end of ${id}`, { body: committed })) return undefined;
    this.book.committed.add(id);
    return committed;
  }

  /** Waits until an import has left `state` behind and rests. */
  async #rest(id, state) {
    const deadline = Date.now() + PATIENCE_MS;
    let seen = -1;
    for (;;) {
      const { status, body } = await this.ask({ method: 'GET', path: `/v1/imports/${id}` });
      if (status !== 200) throw new Error(`import ${id} answers ${describe({ status, body })}`);
      if (body.progress.rowsDone > seen) this.book.progress += 1;
      seen = body.progress.rowsDone;
      if (body.state !== state && RESTING.includes(body.state)) return body;
      if (Date.now() > deadline) throw new Error(`import ${id} hangs: ${describe({ body })}`);
      await sleep(POLL_MS);
    }
  }

  #sheet(rows) {
    const line = ({ externalId, serial }) => {
      const { name, number } = person(serial);
      return [externalId, name, '身份证', number, this.school.course, '2026-06', '85'].join(',');
    };
    return Buffer.from([HEADERS, ...rows.map(line)].join('\r\n'));
  }

  #note(rows, sent) {
    if (sent.includes(undefined)) return;
    const posted = sent.reduce((sum, { rows: counts }) => sum + counts.posted, 0);
    // Rows whose commit was acknowledged to a worker that died count as posted all the same.
    this.expect(posted === rows.length, `rows of ${this.name} posted once`, { body: sent });
    for (const { externalId, serial } of rows) {
      this.book.acknowledge(externalId, { school: this.school, serial, how: 'import' });
    }
  }
}

function describe(answer) {
  if (answer instanceof Error) return answer.message;
  return `${answer.status ?? ''} ${JSON.stringify(answer.body)}`.slice(0, 500);
}
