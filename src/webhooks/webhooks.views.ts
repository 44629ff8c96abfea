import { formatPublicKey } from './signing.js';
import type { Attempt, Delivery, Endpoint, EndpointKey } from './webhook.js';
import type {
  WebhookAttemptDto,
  WebhookDeliveryDto,
  WebhookDto,
  WebhookKeyDto,
} from './webhooks.dto.js';

export function toWebhookDto(endpoint: Endpoint, keys: readonly EndpointKey[]): WebhookDto {
  const { id, url, types, description, disabledReason, failingSince, createdAt } = endpoint;
  const isFailing = failingSince !== null;
  return {
    id,
    url,
    types: [...types],
    description,
    state: endpoint.disabledAt !== null ? 'disabled' : isFailing ? 'failing' : 'active',
    disabledReason,
    failingSince: failingSince?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    keys: keys.map(toKeyDto),
  };
}

function toKeyDto({ id, publicKey, createdAt, endsAt }: EndpointKey): WebhookKeyDto {
  return {
    id,
    publicKey: formatPublicKey(publicKey),
    createdAt: createdAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
  };
}

export function toDeliveryDto(delivery: Delivery): WebhookDeliveryDto {
  const { id, eventId, type, data, occurredAt, state, attempts, nextAt } = delivery;
  return {
    id,
    messageId: `evt_${eventId}`,
    type,
    data: { ...data },
    occurredAt: occurredAt.toISOString(),
    state,
    attempts,
    nextAt: state === 'waiting' ? nextAt.toISOString() : null,
  };
}

export function toAttemptDto({
  status,
  fault,
  durationMs,
  attemptedAt,
}: Attempt): WebhookAttemptDto {
  return { status, fault, durationMs, at: attemptedAt.toISOString() };
}
