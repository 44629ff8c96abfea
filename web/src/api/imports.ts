import { answer, http, page } from './http';
import type { FaultCode } from './types';

/** Files of completions. */
export const importsApi = {
  imports: (after: string | null) =>
    answer(http.GET('/v1/imports', { params: { query: page(after) } })),
  import: (id: string) => answer(http.GET('/v1/imports/{id}', { params: { path: { id } } })),
  importRows: (id: string, code: FaultCode | null, after: string | null) =>
    answer(
      http.GET('/v1/imports/{id}/rows', {
        params: { path: { id }, query: { ...page(after), ...(code !== null && { code }) } },
      }),
    ),
  commitImport: (id: string) =>
    answer(http.POST('/v1/imports/{id}/commit', { params: { path: { id } } })),
};
