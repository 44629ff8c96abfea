import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { importsApi } from '../../../api/imports';
import type { Import, ImportState } from '../../../api/types';
import { live } from '../../../parts/live';

const POLL_MS = 2_000;

/** States in which the service works on the file and news will come. */
const MOVING: readonly ImportState[] = ['received', 'checking', 'committing'];

export function isMoving(state: ImportState | undefined): boolean {
  return state !== undefined && MOVING.includes(state);
}

/** A dry run waits for people: a colleague may commit it. */
function lookAgainAfter(state: ImportState | undefined): number | false {
  if (isMoving(state)) return POLL_MS;
  return state === 'checked' ? live.refetchInterval : false;
}

/**
 * An import as it moves. The events of the service are read while it works; where they do not
 * come through (a proxy that holds them back), the page asks every two seconds instead. All state
 * is the service's, so the page can be closed and opened again at any time.
 */
export function useLiveImport(id: string) {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const query = useQuery({
    queryKey: ['imports', id],
    queryFn: () => importsApi.import(id),
    refetchInterval: ({ state: { data } }) => (isLive ? false : lookAgainAfter(data?.state)),
  });
  const moving = isMoving(query.data?.state);
  useEffect(() => {
    if (!moving) return;
    const source = new EventSource(`/v1/imports/${encodeURIComponent(id)}/events`);
    const onNews = (event: MessageEvent<string>): void => {
      setLive(true);
      queries.setQueryData<Import>(['imports', id], JSON.parse(event.data) as Import);
    };
    const onEnd = (): void => {
      source.close();
      setLive(false);
      void queries.invalidateQueries({ queryKey: ['imports'] });
    };
    source.addEventListener('progress', onNews);
    source.addEventListener('done', (event: MessageEvent<string>) => {
      onNews(event);
      onEnd();
    });
    // The browser dials again by itself; until it gets through, the page asks.
    source.addEventListener('error', () => setLive(false));
    return () => {
      source.close();
      setLive(false);
    };
  }, [id, moving, queries]);
  return query;
}
