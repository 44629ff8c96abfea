import { type Problem, describe } from '#libs/problems';
import { progressOf } from '../platform/http/index.js';
import type { BatchProblemDto, EquivalenceBatchDto } from './equivalence.dto.js';

export type BatchState = EquivalenceBatchDto['state'];

/** A list that an office sent, without what stands in it. */
export interface Batch {
  readonly id: string;
  readonly institutionId: string;
  readonly fileName: string;
  readonly programme: string | null;
  readonly on: string;
  readonly state: BatchState;
  readonly problem: Problem | null;
  readonly rowsTotal: number | null;
  readonly matched: number;
  readonly notMatched: number;
  readonly notChecked: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly destroyAt: Date;
}

export function toBatchDto(batch: Batch, now: Date): EquivalenceBatchDto {
  const { matched, notMatched, notChecked, startedAt, endedAt, problem } = batch;
  const done = matched + notMatched + notChecked;
  const elapsedMs = startedAt === null ? 0 : (endedAt ?? now).getTime() - startedAt.getTime();
  return {
    id: batch.id,
    fileName: batch.fileName,
    programme: batch.programme,
    on: batch.on,
    state: batch.state,
    problem: problem && problemDtoOf(problem),
    progress: {
      rowsDone: done,
      rowsTotal: batch.rowsTotal,
      ...speedOf({ total: batch.rowsTotal, done, elapsedMs, endedAt }),
    },
    counts: batch.state === 'done' ? { matched, notMatched, notChecked } : null,
    createdAt: batch.createdAt.toISOString(),
    keptUntil: batch.destroyAt.toISOString(),
  };
}

/** A refusal in both languages. */
export function problemDtoOf({ code, params }: Problem): BatchProblemDto {
  const [zh, en] = [describe(code, 'zh', params), describe(code, 'en', params)];
  return {
    code,
    title: { zh: zh.title, en: en.title },
    change: { zh: zh.change, en: en.change },
  };
}

function speedOf(advancing: Parameters<typeof progressOf>[0]): {
  rowsPerSecond: number;
  secondsLeft: number | null;
} {
  const { perSecond, secondsLeft } = progressOf(advancing);
  return { rowsPerSecond: perSecond, secondsLeft };
}
