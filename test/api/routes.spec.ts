import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import {
  Allow,
  AllowGuard,
  PeopleOnly,
  type Principal,
  Public,
  type RouteAccess,
  Scoped,
} from '../../src/platform/auth/index.js';
import { describeApi } from '../../src/platform/http/openapi.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { type Route, routesOf } from '../support/routes.js';

/** What everybody may call; a route that joins them has to be written down here. */
const PUBLIC_ROUTES = `
  ExchangeController.signingKeys
  AgreementsController.list CatalogueController.list CatalogueController.show
  HealthController.live HealthController.ready HolidaysController.show
  IndicatorsController.list IndicatorsController.show IndicatorsController.kinds
  IndicatorsController.listInputs ConditionsController.standards
  ReportsController.list ReportsController.schedule ReportsController.check ReportsController.file
  ReportsController.pdf ReportsController.xlsx ReportsController.show ReportsController.changes
  ReportsController.compare ReportLogController.*
  WorkloadController.listCoefficients
  InstitutionRequestsController.ask InstitutionRequestsController.state
  InstitutionsController.list InstitutionsController.show InvitationsController.accept
  ProblemsController.list ProblemsController.show
  PathwaysController.list PathwaysController.show
  RulebookController.programmes RulebookController.rules
  RulebookController.rule RulebookController.versions RulebookController.version
  RulebookController.changes RulebookController.recognition
  SchemesController.list SchemesController.show
  SchemesController.listSimulations SchemesController.showSimulation
  ClaimsController.claim SingleSignOnController.* TokensController.*
  SessionsController.passkeyOptions SessionsController.signIn
  SessionsController.signInByPasskey SessionsController.signOut
  LogController.* SealsController.* VerificationsController.* DocumentsController.*
  IdentitiesController.* StatusListsController.show
`;

describe('every route', () => {
  let service: TestApp;
  let routes: Route[];

  beforeAll(async () => {
    service = await startTestApp();
    routes = routesOf(service.app);
  });
  afterAll(() => service?.close());

  it('is known here', () => {
    const operations = Object.values(describeApi(service.app).paths).flatMap((path) =>
      Object.keys(path as object),
    );
    expect(routes.length).toBeGreaterThan(80);
    expect(routes.length).toBeGreaterThanOrEqual(operations.length);
  });

  it('says who may call it, and with which credential', () => {
    const silent = routes.filter(({ access }) => !isDeclared(access)).map(({ name }) => name);
    expect(silent).toEqual([]);
  });

  it('is public only where that is meant', () => {
    const open = routes.filter(({ access }) => access.isPublic).map(({ name }) => name);
    const meant = PUBLIC_ROUTES.trim().split(/\s+/);
    const isMeant = (name: string): boolean =>
      meant.includes(name) || meant.includes(`${name.split('.')[0]}.*`);
    expect(open.filter((name) => !isMeant(name))).toEqual([]);
  });

  it('that changes how somebody signs in is closed to keys', () => {
    const own = routes.filter(({ name }) =>
      /^(Own(Account|Sessions)|ApiKeys|Members|Invitations)Controller/.test(name),
    );
    expect(own.length).toBeGreaterThan(9);
    expect(own.filter(({ access }) => access.credential?.kind !== 'people')).toEqual([]);
  });

  it('that is open before the second factor is about nothing but the own account', () => {
    const early = routes.filter(({ access }) => access.isBeforeSecondFactor);
    const others = early.filter(({ name }) => !name.startsWith('OwnAccountController.'));
    expect(others.map(({ name }) => name)).toEqual(['SessionsController.current']);
  });
});

describe('the guard', () => {
  class Routes {
    undeclared(): void {}
    @Allow('registrar')
    withoutCredential(): void {}
    @Scoped('imports')
    withoutRoles(): void {}
    @Allow('registrar')
    @Scoped('imports')
    scoped(): void {}
    @Allow('registrar')
    @Scoped('learners', 'read')
    search(): void {}
    @Allow('registrar')
    @PeopleOnly()
    people(): void {}
    @Public()
    everybody(): void {}
  }

  const key: Principal = {
    id: 'k',
    name: 'k',
    roles: ['registrar'],
    institutionId: 'i',
    learnerId: null,
  };
  const session = {
    id: 's',
    startedAt: new Date(),
    lacksSecondFactor: false,
    mustChangePassword: false,
  };
  const clerk: Principal = { ...key, session };
  const unready: Principal = { ...key, session: { ...session, lacksSecondFactor: true } };

  async function ask(
    route: keyof Routes,
    principal: Principal | undefined,
    method = 'POST',
  ): Promise<string> {
    const source = {
      ofBearer: async () => principal,
      ofSession: async () => undefined,
      represent: async () => undefined,
    };
    const config = { publicUrl: 'http://127.0.0.1' };
    const request = { headers: { authorization: 'Bearer x' }, cookies: {}, method };
    const context = new ExecutionContextHost([request], Routes, Routes.prototype[route]);
    try {
      await new AllowGuard(new Reflector(), source, config).canActivate(context);
      return 'principal' in request ? 'allowed' : 'allowed as nobody';
    } catch (error) {
      return (error as { problem: { code: string } }).problem.code;
    }
  }

  it('refuses what is not declared, to everybody', async () => {
    for (const who of [key, clerk]) {
      expect(await ask('undeclared', who)).toBe('not-allowed');
      expect(await ask('withoutRoles', who)).toBe('not-allowed');
    }
    expect(await ask('withoutCredential', key)).toBe('people-only');
    expect(await ask('withoutCredential', clerk)).toBe('allowed');
    expect(await ask('scoped', undefined)).toBe('not-signed-in');
  });

  it('lets no key do what people do', async () => {
    expect(await ask('people', key)).toBe('people-only');
    expect(await ask('people', clerk)).toBe('allowed');
  });

  it('compares the scopes of a system with method and route, and the roles as well', async () => {
    const scoped = (...scopes: NonNullable<Principal['scopes']>[number][]): Principal => ({
      ...key,
      scopes,
    });
    expect(await ask('scoped', key)).toBe('allowed');
    expect(await ask('scoped', scoped('imports:write'))).toBe('allowed');
    expect(await ask('scoped', scoped('imports:write'), 'GET')).toBe('scope-missing');
    expect(await ask('scoped', scoped('imports:read'))).toBe('scope-missing');
    expect(await ask('scoped', scoped('imports:read'), 'GET')).toBe('allowed');
    expect(await ask('scoped', scoped('learners:write'))).toBe('scope-missing');
    expect(await ask('scoped', scoped())).toBe('scope-missing');
    expect(await ask('search', scoped('learners:read'))).toBe('allowed');
    const foreign = { ...scoped('imports:write'), roles: ['issuer' as const] };
    expect(await ask('scoped', foreign)).toBe('not-allowed');
  });

  it('takes who still has the password of somebody else for nobody', async () => {
    const beginner: Principal = { ...key, session: { ...session, mustChangePassword: true } };
    expect(await ask('people', beginner)).toBe('password-temporary');
    expect(await ask('everybody', beginner)).toBe('allowed as nobody');
  });

  it('takes who still lacks the second factor for nobody', async () => {
    expect(await ask('people', unready)).toBe('second-factor-missing');
    expect(await ask('everybody', unready)).toBe('allowed as nobody');
    expect(await ask('everybody', clerk)).toBe('allowed');
  });
});

function isDeclared({ isPublic, roles, credential }: RouteAccess): boolean {
  return isPublic || (roles !== null && roles.length > 0 && credential !== null);
}
