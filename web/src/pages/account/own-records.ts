import { learnerApi } from '../../api/learner';
import { planningApi } from '../../api/planning';
import type { Outcome } from '../../api/types';
import type { Text } from '../../parts/format';
import { useOwn } from './record';

export function useOwnBalance() {
  return useOwn(['balance'], learnerApi.balance);
}

export function useOwnOutcomes() {
  return useOwn(['outcomes'], learnerApi.outcomes);
}

/** Titles of the outcomes by id. */
export function useOwnTitles(): ReadonlyMap<string, Text> {
  const { data } = useOwnOutcomes();
  return titlesOf(data ?? []);
}

function titlesOf(outcomes: readonly Outcome[]): ReadonlyMap<string, Text> {
  return new Map(outcomes.map(({ id, title }) => [id, title]));
}

/** Changes with the record, so that what was computed from it is computed anew. */
export function useRecordVersion(): string {
  const { data } = useOwnOutcomes();
  return (data ?? []).map(({ id, state, available }) => `${id} ${state} ${available}`).join(',');
}

/** What is missing for a programme. */
export function useGap(programme: string, isWanted = true) {
  const version = useRecordVersion();
  return useOwn(['gap', programme, version], (client) => planningApi.gap(client, programme), {
    still: true,
    enabled: isWanted,
  });
}
