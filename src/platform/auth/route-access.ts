import { SetMetadata, applyDecorators } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiCookieAuth, ApiHeader, ApiSecurity } from '@nestjs/swagger';
import type { Act, Role } from './principal.js';
import { isReading } from './same-origin.js';
import type { Scope, ScopeAction, ScopeArea } from './scopes.js';

const ALLOWED = 'allowed-roles';
const PUBLIC = 'public-route';
const CREDENTIAL = 'credential';
const BEFORE_SECOND_FACTOR = 'before-second-factor';
const ON_BEHALF = 'on-behalf';

/** Which credentials a route takes: a person's session, or a system's key as well. */
type Credential =
  | { readonly kind: 'people' }
  | { readonly kind: 'any' }
  | { readonly kind: 'scope'; readonly area: ScopeArea; readonly action: ScopeAction | null };

/** What somebody does at a route in a learner's name, and what that shows of the learner. */
export interface OnBehalf {
  readonly act: Act;
  readonly purpose: string;
  readonly fields: readonly string[];
}

/** What a route declares about who may call it. */
export interface RouteAccess {
  readonly isPublic: boolean;
  /** Null when the route declares none; then nobody may call it. */
  readonly roles: readonly Role[] | null;
  /** Null when the route declares none; then no system may call it. */
  readonly credential: Credential | null;
  readonly isBeforeSecondFactor: boolean;
  /** Null when nobody may call it in a learner's name. */
  readonly onBehalf: OnBehalf | null;
}

/** Opens a route to the named roles. A route with neither this nor {@link Public} is refused. */
export function Allow(...roles: Role[]): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(ALLOWED, roles), ApiBearerAuth(), ApiCookieAuth());
}

/** Opens a route to everybody; a valid credential is still recognised. */
export function Public(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(PUBLIC, true), ApiSecurity({}));
}

/**
 * Opens a route to systems whose key has the scope. Reading methods need `<area>:read`, all others
 * `<area>:write`, unless `action` says what the route really does. Roles count as well.
 */
export function Scoped(
  area: ScopeArea,
  action: ScopeAction | null = null,
): MethodDecorator & ClassDecorator {
  return SetMetadata(CREDENTIAL, { kind: 'scope', area, action } satisfies Credential);
}

/** Opens a route to every system, whatever its scopes. */
export function AnyScope(): MethodDecorator & ClassDecorator {
  return SetMetadata(CREDENTIAL, { kind: 'any' } satisfies Credential);
}

/** Only for people who signed in: no key opens or changes an account or another key. */
export function PeopleOnly(): MethodDecorator & ClassDecorator {
  return SetMetadata(CREDENTIAL, { kind: 'people' } satisfies Credential);
}

/** Also for staff who have signed in and must set up a second factor before anything else. */
export function BeforeSecondFactor(): MethodDecorator & ClassDecorator {
  return SetMetadata(BEFORE_SECOND_FACTOR, true);
}

/**
 * Opens a route of learners to whoever acts for one. Features use the typed form of `learners`, which
 * also writes each such request into the learner's access log.
 */
export function OpenOnBehalf(what: OnBehalf): MethodDecorator {
  const description =
    'Id of a counter session or a guardianship: the request is made in the name of its learner';
  return applyDecorators(
    SetMetadata(ON_BEHALF, what),
    ApiHeader({
      name: 'Acting-For',
      required: false,
      description,
      schema: { type: 'string' },
      example: '01a2e7c0-5b7e-7123-8000-000000000009',
    }),
  );
}

/** A method and the class that it stands in. */
export type RouteTargets = Parameters<Reflector['getAllAndOverride']>[1];

/** What a route declares, on itself or on its controller. */
export function accessOf(reflector: Reflector, targets: RouteTargets): RouteAccess {
  const read = <T>(name: string): T | undefined =>
    reflector.getAllAndOverride<T | undefined>(name, targets);
  return {
    isPublic: read<boolean>(PUBLIC) ?? false,
    roles: read<readonly Role[]>(ALLOWED) ?? null,
    credential: read<Credential>(CREDENTIAL) ?? null,
    isBeforeSecondFactor: read<boolean>(BEFORE_SECOND_FACTOR) ?? false,
    onBehalf: read<OnBehalf>(ON_BEHALF) ?? null,
  };
}

/** The scope that a request with this method needs; null when the route asks for none. */
export function scopeNeeded(credential: Credential, method: string): Scope | null {
  if (credential.kind !== 'scope') return null;
  return `${credential.area}:${credential.action ?? (isReading(method) ? 'read' : 'write')}`;
}
