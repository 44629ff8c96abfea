import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { normaliseDocument, normaliseName } from '#libs/identity';
import type { Result } from '#libs/problems';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, networkOf, refusal } from '../platform/http/index.js';
import { Rulebook } from '../rulebook/index.js';
import { toAnswerDto } from './answer.views.js';
import { Answers, type Asked } from './answers.js';
import type { EquivalenceAnswerDto, EquivalenceQuestionDto } from './equivalence.dto.js';
import { officeOf } from './office.js';
import { Quotas } from './quotas.service.js';

/**
 * An answer that shows nothing comes no earlier than this after the question, whether nobody was
 * found or somebody was who has let nobody see: their look-ups take 5 to 20 ms.
 */
const SOONEST_MS = 150;

/** One question of an office, answered at once. */
@Injectable()
export class Equivalence {
  constructor(
    private readonly database: Database,
    private readonly answers: Answers,
    private readonly quotas: Quotas,
    private readonly rulebook: Rulebook,
    private readonly clock: Clock,
  ) {}

  /** Counts against the quota whatever comes of it: a guess costs as much as a question. */
  async ask(
    principal: Principal,
    question: EquivalenceQuestionDto,
    address: string,
  ): Promise<EquivalenceAnswerDto> {
    const began = performance.now();
    const institutionId = officeOf(principal);
    const today = this.clock.today();
    const asked = askedOf(question, today);
    const { programme, on = today } = question;
    await this.database.read((tx) => this.rulebook.compiledFor(tx, programme, on));
    await this.database.transaction((tx) => this.quotas.take(tx, institutionId, 1));
    const asking = { principal, network: networkOf(address), programme, on, batchId: null };
    const answer = await this.answers.answer(asking, asked);
    if (answer === null) await sleep(Math.max(0, began + SOONEST_MS - performance.now()));
    return toAnswerDto(answer, { programme, on });
  }
}

/** Refuses a question that names nobody, or in two ways, or by a document that cannot exist. */
function askedOf(question: EquivalenceQuestionDto, today: string): Asked {
  const { learner, person, shareCode, sharePin } = question;
  const named = [learner, person, shareCode].filter((one) => one !== undefined);
  if (named.length !== 1) throw refusal('equivalence-name-one');
  if (learner !== undefined) return { by: 'id', learnerId: learner };
  if (shareCode !== undefined) return { by: 'code', code: shareCode, pin: sharePin };
  const { name, document } = person as NonNullable<typeof person>;
  const { kind, number } = document;
  return {
    by: 'document',
    name: valueAt('/person/name', normaliseName(name)),
    document: {
      kind,
      number: valueAt('/person/document/number', normaliseDocument(kind, number, today)),
    },
  };
}

function valueAt<T>(pointer: string, result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, params } = result.problem;
  const fault = { pointer, code, ...(params && { params }) };
  throw new Refusal({ code: 'invalid-fields', faults: [fault] });
}
