import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';

const ME = 'me';

export function useOwnBalance() {
  return useQuery({ queryKey: ['own', 'balance'], queryFn: () => api.balance(ME) });
}

export function useOwnOutcomes() {
  return useQuery({ queryKey: ['own', 'outcomes'], queryFn: () => api.outcomes(ME) });
}
