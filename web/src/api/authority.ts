import { absentAs, all, answer, http, page } from './http';
import type {
  EndOfAgreement,
  EventFilter,
  NewAgreement,
  NewDemerit,
  NewHolidayNotice,
  NewInstitution,
  Placement,
  ReversalOfDemerit,
} from './authority-types';

const of = (id: string) => ({ params: { path: { id } } });

/** Institutions, what they may do and what they agree on, as the authority sees and sets it. */
export const authorityApi = {
  institution: (id: string) => answer(http.GET('/v1/institutions/{id}', of(id))),
  open: (body: NewInstitution) => answer(http.POST('/v1/institutions', { body })),
  place: (id: string, body: Placement) =>
    answer(http.PUT('/v1/institutions/{id}/rights', { ...of(id), body })),
  suspend: (id: string, reason: string) =>
    answer(http.POST('/v1/institutions/{id}/suspension', { ...of(id), body: { reason } })),
  reinstate: (id: string) => answer(http.DELETE('/v1/institutions/{id}/suspension', of(id))),
  members: (institution: string) =>
    all((after) =>
      answer(
        http.GET('/v1/institutions/{institution}/members', {
          params: { path: { institution }, query: page(after) },
        }),
      ),
    ),
  demerits: (institution: string) =>
    answer(
      http.GET('/v1/institutions/{institution}/demerits', { params: { path: { institution } } }),
    ),
  writeDemerit: (institution: string, body: NewDemerit) =>
    answer(
      http.POST('/v1/institutions/{institution}/demerits', {
        params: { path: { institution } },
        body,
      }),
    ),
  reverseDemerit: (institution: string, demerit: string, body: ReversalOfDemerit) =>
    answer(
      http.POST('/v1/institutions/{institution}/demerits/{demerit}/reversal', {
        params: { path: { institution, demerit } },
        body,
      }),
    ),

  requests: () =>
    all((after) =>
      answer(http.GET('/v1/institution-requests', { params: { query: page(after) } })),
    ),
  acceptRequest: (id: string, body: { code?: string; rights: Placement }) =>
    answer(http.POST('/v1/institution-requests/{id}/acceptance', { ...of(id), body })),
  refuseRequest: (id: string, reason: string) =>
    answer(http.POST('/v1/institution-requests/{id}/refusal', { ...of(id), body: { reason } })),

  agreements: async () => (await answer(http.GET('/v1/agreements'))).items,
  agreement: (id: string) => answer(http.GET('/v1/agreements/{id}', of(id))),
  proposeAgreement: (body: NewAgreement) => answer(http.POST('/v1/agreements', { body })),
  acceptAgreement: (id: string, note: string) =>
    answer(http.POST('/v1/agreements/{id}/acceptance', { ...of(id), body: noted(note) })),
  refuseAgreement: (id: string, note: string) =>
    answer(http.POST('/v1/agreements/{id}/refusal', { ...of(id), body: noted(note) })),
  endAgreement: (id: string, body: EndOfAgreement) =>
    answer(http.POST('/v1/agreements/{id}/end', { ...of(id), body })),

  overdue: async () => (await answer(http.GET('/v1/overdue-applications'))).items,
  overdueOf: (institution: string, after: string | null) =>
    answer(
      http.GET('/v1/overdue-applications/{institution}', {
        params: { path: { institution }, query: page(after) },
      }),
    ),
  quotas: async () => (await answer(http.GET('/v1/equivalence/quotas'))).items,
  setQuota: (institution: string, rowsPerDay: number) =>
    answer(
      http.PUT('/v1/equivalence/quotas/{institution}', {
        params: { path: { institution } },
        body: { rowsPerDay },
      }),
    ),
  holidays: (year: string) =>
    absentAs(404, answer(http.GET('/v1/holidays/{year}', { params: { path: { year } } }))),
  putHolidays: (year: string, body: NewHolidayNotice) =>
    answer(http.PUT('/v1/holidays/{year}', { params: { path: { year } }, body })),
  events: (filter: EventFilter, after: string | null) =>
    answer(
      http.GET('/v1/administrative-events', { params: { query: { ...filter, ...page(after) } } }),
    ),
};

function noted(note: string): { note?: string } {
  return note === '' ? {} : { note };
}
