import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Simulation, draftsApi } from '../../api/drafts';

const POLL_MS = 2_000;

export function isMoving(state: Simulation['state'] | undefined): boolean {
  return state === 'queued' || state === 'running';
}

/**
 * A simulation as it moves: by the events of the service, or by asking every two seconds where
 * events do not come through. It goes on when the page is closed.
 */
export function useLiveSimulation(id: string) {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const query = useQuery({
    queryKey: ['simulations', id],
    queryFn: () => draftsApi.simulation(id),
    refetchInterval: ({ state: { data } }) => (!isLive && isMoving(data?.state) ? POLL_MS : false),
  });
  const moving = isMoving(query.data?.state);
  useEffect(() => {
    if (!moving) return;
    const source = new EventSource(`/v1/rules/simulations/${encodeURIComponent(id)}/events`);
    const onNews = (event: MessageEvent<string>): void => {
      setLive(true);
      queries.setQueryData<Simulation>(['simulations', id], JSON.parse(event.data) as Simulation);
    };
    source.addEventListener('progress', onNews);
    source.addEventListener('done', (event: MessageEvent<string>) => {
      onNews(event);
      source.close();
      setLive(false);
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
