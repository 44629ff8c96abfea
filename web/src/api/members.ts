import { all, answer, done, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Member = Schemas['MemberDto'];
export type Invitation = Schemas['InvitationDto'];
export type NewInvitation = Schemas['NewInvitationDto'];
export type IssuedInvitation = Schemas['IssuedInvitationDto'];
export type StaffRole = NewInvitation['roles'][number];
export type Acceptance = Schemas['AcceptanceDto'];
export type InstitutionView = Schemas['InstitutionDto'];

const ofAccount = (institution: string, account: string) => ({
  params: { path: { institution, account } },
});

/** Who works for an institution, and who is invited to. */
export const membersApi = {
  institution: (id: string) =>
    answer(http.GET('/v1/institutions/{id}', { params: { path: { id } } })),
  agreements: () => answer(http.GET('/v1/agreements')),
  list: (institution: string) =>
    all((after) =>
      answer(
        http.GET('/v1/institutions/{institution}/members', {
          params: { path: { institution }, query: page(after) },
        }),
      ),
    ),
  setRoles: (institution: string, account: string, roles: StaffRole[]) =>
    answer(
      http.PUT('/v1/institutions/{institution}/members/{account}/roles', {
        ...ofAccount(institution, account),
        body: { roles },
      }),
    ),
  disable: (institution: string, account: string, reason: string) =>
    answer(
      http.POST('/v1/institutions/{institution}/members/{account}/disable', {
        ...ofAccount(institution, account),
        body: { reason },
      }),
    ),
  enable: (institution: string, account: string, reason: string) =>
    answer(
      http.POST('/v1/institutions/{institution}/members/{account}/enable', {
        ...ofAccount(institution, account),
        body: { reason },
      }),
    ),
  signOut: (institution: string, account: string) =>
    done(
      http.DELETE(
        '/v1/institutions/{institution}/members/{account}/sessions',
        ofAccount(institution, account),
      ),
    ),
  invitations: (institution: string) =>
    all((after) =>
      answer(
        http.GET('/v1/institutions/{institution}/invitations', {
          params: { path: { institution }, query: page(after) },
        }),
      ),
    ),
  invite: (institution: string, body: NewInvitation) =>
    answer(
      http.POST('/v1/institutions/{institution}/invitations', {
        params: { path: { institution } },
        body,
      }),
    ),
  withdraw: (institution: string, invitation: string) =>
    done(
      http.DELETE('/v1/institutions/{institution}/invitations/{invitation}', {
        params: { path: { institution, invitation } },
      }),
    ),
  accept: (body: Acceptance) => answer(http.POST('/v1/invitations/acceptance', { body })),
};
