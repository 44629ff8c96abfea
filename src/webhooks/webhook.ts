import type { SendFault } from '../platform/outbound/index.js';

/** What an institution can be told of. A type never changes its meaning. */
export const EVENT_TYPES = [
  'outcome.posted',
  'outcome.revoked',
  'application.waiting',
  'application.decided',
  'conversion.reversed',
  'import.finished',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Sent when somebody asks whether an endpoint works. */
export const TEST_TYPE = 'webhook.test';

/** Where an institution wants to be told. */
export interface Endpoint {
  readonly id: string;
  readonly institutionId: string;
  readonly url: string;
  readonly types: readonly EventType[];
  readonly description: string;
  readonly disabledAt: Date | null;
  /** `gone`: it answered 410. `failing`: nothing was delivered for three days. */
  readonly disabledReason: 'by-hand' | 'gone' | 'failing' | null;
  readonly failingSince: Date | null;
  /** While it fails nothing new is tried before. */
  readonly resumeAt: Date | null;
  readonly createdAt: Date;
}

/** A key that signs; its private half is sealed under a data key of its own. */
export interface EndpointKey {
  readonly id: string;
  readonly publicKey: Buffer;
  readonly wrappedKey: Buffer;
  readonly sealed: Buffer;
  readonly createdAt: Date;
  /** Null for the newest. */
  readonly endsAt: Date | null;
}

export type DeliveryState = 'waiting' | 'delivered' | 'given-up' | 'stopped';

/** One event on its way to one endpoint. */
export interface Delivery {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: Date;
}

export interface Attempt {
  /** Of the answer; null when there was none. */
  readonly status: number | null;
  readonly fault: SendFault | null;
  readonly durationMs: number;
  readonly attemptedAt: Date;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * How long after each failure the next try is made (Standard Webhooks): at once, and then for 75 hours
 * and 35 minutes in all.
 */
export const RETRY_AFTER_MS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** An endpoint that took nothing for so long is not tried any more. */
export const DISABLED_AFTER_MS = 72 * HOUR_MS;
/** What is new waits so long at most for an endpoint that fails. */
export const MOST_PAUSE_MS = 5 * MINUTE_MS;
/** How long an old key signs beside the new one. */
export const KEY_OVERLAP_MS = 24 * HOUR_MS;
export const MOST_ENDPOINTS = 20;

/** What becomes of a delivery and its endpoint after a try. */
export interface Verdict {
  readonly state: DeliveryState;
  readonly nextAt: Date;
  readonly disable: 'gone' | 'failing' | null;
  readonly failingSince: Date | null;
  readonly resumeAt: Date | null;
}

/** Judges a try; `attempts` counts those before it. Only 2xx is a success: a redirect is not followed. */
export function judge(
  { attempts }: Pick<Delivery, 'attempts'>,
  { failingSince }: Pick<Endpoint, 'failingSince'>,
  { status, attemptedAt }: Pick<Attempt, 'status' | 'attemptedAt'>,
): Verdict {
  if (status !== null && status >= 200 && status < 300) {
    return {
      state: 'delivered',
      nextAt: attemptedAt,
      disable: null,
      failingSince: null,
      resumeAt: null,
    };
  }
  const pauseMs = RETRY_AFTER_MS[attempts];
  const since = failingSince ?? attemptedAt;
  const isLong = attemptedAt.getTime() - since.getTime() >= DISABLED_AFTER_MS;
  const isGone = status === 410;
  const later = (ms: number): Date => new Date(attemptedAt.getTime() + ms);
  return {
    state: isGone || isLong ? 'stopped' : pauseMs === undefined ? 'given-up' : 'waiting',
    nextAt: later(pauseMs ?? 0),
    disable: isGone ? 'gone' : isLong ? 'failing' : null,
    failingSince: since,
    resumeAt: later(Math.min(pauseMs ?? MOST_PAUSE_MS, MOST_PAUSE_MS)),
  };
}
