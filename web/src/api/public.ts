import { absentAs, all, answer, http, page } from './http';

/** What everybody may read, without an account. */
export const publicApi = {
  institutions: () =>
    all((after) => answer(http.GET('/v1/institutions', { params: { query: page(after) } }))),
  /** How many entries the public log has: the second line of its checkpoint. */
  logSize: async () => {
    const checkpoint = await answer(http.GET('/v1/log/checkpoint', { parseAs: 'text' }));
    return Number(checkpoint.split('\n')[1]);
  },
  programmes: () =>
    all((after) => answer(http.GET('/v1/programmes', { params: { query: page(after) } }))),
  /** With how many keys an institution signs credentials; none before the first one. */
  signingKeys: async (code: string): Promise<number> => {
    const path = { params: { path: { code } } };
    const did: unknown = await absentAs(
      404,
      answer(http.GET('/institutions/{code}/did.json', path)),
    );
    return (did as { verificationMethod?: unknown[] } | null)?.verificationMethod?.length ?? 0;
  },
};
