import { formatCredits } from '#libs/credit';
import { describe } from '#libs/problems';
import type { BatchProblem, RevocationBatch, Tally } from './batch.js';
import type {
  RevocationBatchDto,
  RevocationCountsDto,
  RevocationProblemDto,
  RevocationProgressDto,
} from './revocations.dto.js';

export function toCountsDto(tally: Tally, learners: number): RevocationCountsDto {
  return {
    learners,
    items: tally.items,
    credits: formatCredits(tally.millicredits),
    conversions: tally.conversions,
    awards: tally.awards,
    rights: tally.rights,
    reconsidered: tally.reconsidered,
  };
}

/** An order in the words of the API. */
export function toBatchDto(
  batch: RevocationBatch,
  rest: { institution: string; outcome: string | null; problems: readonly BatchProblem[] },
): RevocationBatchDto {
  return {
    id: batch.id,
    institution: rest.institution,
    from: batch.completedFrom,
    to: batch.completedTo,
    outcome: rest.outcome,
    reason: batch.reason,
    state: batch.state,
    counts: toCountsDto(batch, batch.learners),
    progress: toProgress(batch),
    problems: rest.problems.map(toProblemDto),
    createdAt: batch.createdAt.toISOString(),
    startedAt: batch.startedAt?.toISOString() ?? null,
    endedAt: batch.endedAt?.toISOString() ?? null,
  };
}

function toProgress(batch: RevocationBatch): RevocationProgressDto {
  const { items, itemsTotal, elapsedMs } = batch;
  const itemsPerSecond = elapsedMs > 0 ? Math.round((items * 10_000) / elapsedMs) / 10 : 0;
  return {
    itemsTotal,
    learnersTotal: batch.learnersTotal,
    sweep: batch.sweep,
    itemsPerSecond,
    secondsLeft: secondsLeft(batch, itemsPerSecond),
  };
}

function secondsLeft({ state, items, itemsTotal }: RevocationBatch, rate: number): number | null {
  if (state === 'done' || state === 'cancelled') return 0;
  if (itemsTotal === null || rate === 0) return null;
  return Math.ceil(Math.max(0, itemsTotal - items) / rate);
}

function toProblemDto({ learnerId, code }: BatchProblem): RevocationProblemDto {
  const title = { zh: describe(code, 'zh').title, en: describe(code, 'en').title };
  return { learnerId, code, title };
}
