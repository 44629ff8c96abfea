import type { ExecutionContext, INestApplication } from '@nestjs/common';
import { KeyAdministration } from '../../src/access/keys/key-administration.service.js';
import { ApplicationReader } from '../../src/conversions/application-reader.js';
import { ApplicationsStore } from '../../src/conversions/applications.store.js';
import {
  AllowGuard,
  type AuthenticatedRequest,
  PRINCIPAL_SOURCE,
  type Principal,
  type PrincipalSource,
} from '../../src/platform/auth/index.js';
import { notFound } from '../../src/platform/http/index.js';

/** Guards without which the sweep has to turn red, and how each is taken away. */
const GUARDS: Readonly<Record<string, (app: INestApplication) => void>> = {
  roles: withoutRoles,
  owner: withoutOwner,
  institution: withoutInstitution,
};

/** Takes one guard of a running application away until the mocks of Jest are restored. */
export function takeAway(guard: string | undefined, app: INestApplication): void {
  if (guard === undefined) return;
  const work = GUARDS[guard];
  if (!work) throw new Error(`no guard is called ${guard}: ${Object.keys(GUARDS).join(', ')}`);
  work(app);
}

/** The comparison of roles; who asks is still found out. */
function withoutRoles(app: INestApplication): void {
  const source = app.get<PrincipalSource>(PRINCIPAL_SOURCE);
  const identifyOnly = async (context: ExecutionContext): Promise<boolean> => {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const [, token = ''] = (request.headers.authorization ?? '').split(' ');
    const cookie = Object.values(request.cookies)[0];
    const principal = cookie
      ? await source.ofSession(cookie)
      : await source.ofBearer(token, request.ip);
    if (!principal) return false;
    request.principal = principal;
    return true;
  };
  jest.spyOn(AllowGuard.prototype, 'canActivate').mockImplementation(identifyOnly);
}

/** The question whose application it is. */
function withoutOwner(app: INestApplication): void {
  const store = app.get(ApplicationsStore);
  jest.spyOn(app.get(ApplicationReader), 'readable').mockImplementation(async (tx, _, id) => {
    const application = await store.find(tx, id);
    if (!application) throw notFound();
    return application;
  });
}

/** The question whose institution it is of which somebody makes a key. */
function withoutInstitution(app: INestApplication): void {
  const keys = app.get(KeyAdministration);
  const issue = keys.issue.bind(keys);
  jest
    .spyOn(keys, 'issue')
    .mockImplementation((principal: Principal, institutionId, wanted) =>
      issue({ ...principal, institutionId }, institutionId, wanted),
    );
}
