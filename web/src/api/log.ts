import { absentAs, answer, http } from './http';

const AS_TEXT = { parseAs: 'text' } as const;

/** The public log: readable by everybody, checkable without us. */
export const logApi = {
  head: () => answer(http.GET('/v1/log/head')),
  key: () => answer(http.GET('/v1/log/key')),
  checkpoint: () => answer(http.GET('/v1/log/checkpoint', AS_TEXT)),
  /** Null while no witness has cosigned one. */
  cosigned: () => absentAs(404, answer(http.GET('/v1/log/checkpoint/cosigned', AS_TEXT))),
  sealsCheckpoint: () => answer(http.GET('/v1/log/seals/checkpoint', AS_TEXT)),
  seal: (number: number) =>
    answer(http.GET('/v1/log/seals/{number}', { params: { path: { number: String(number) } } })),
  consistency: (from: number, to: number) =>
    answer(
      http.GET('/v1/log/proof/consistency', {
        params: { query: { from: String(from), to: String(to) } },
      }),
    ),
};
