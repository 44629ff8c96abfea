import { all, answer, done, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type ApiKey = Schemas['KeyDto'];
export type NewKey = Schemas['NewKeyDto'];
export type IssuedKey = Schemas['IssuedKeyDto'];
export type Webhook = Schemas['WebhookDto'];
export type NewWebhook = Schemas['NewWebhookDto'];
export type WebhookType = NewWebhook['types'][number];
export type Delivery = Schemas['WebhookDeliveryDto'];
export type DeliveryState = Delivery['state'];

const of = (id: string) => ({ params: { path: { id } } });
const ofKey = (institution: string, key: string) => ({ params: { path: { institution, key } } });

/** Keys of an institution's own systems. */
export const keysApi = {
  list: (institution: string) =>
    all((after) =>
      answer(
        http.GET('/v1/institutions/{institution}/keys', {
          params: { path: { institution }, query: page(after) },
        }),
      ),
    ),
  issue: (institution: string, body: NewKey) =>
    answer(
      http.POST('/v1/institutions/{institution}/keys', { params: { path: { institution } }, body }),
    ),
  rotate: (institution: string, key: string, overlapHours: number) =>
    answer(
      http.POST('/v1/institutions/{institution}/keys/{key}/rotation', {
        ...ofKey(institution, key),
        body: { overlapHours },
      }),
    ),
  end: (institution: string, key: string) =>
    done(http.DELETE('/v1/institutions/{institution}/keys/{key}', ofKey(institution, key))),
};

/** Where an institution is told of what happens. */
export const webhooksApi = {
  list: () => answer(http.GET('/v1/webhooks')),
  show: (id: string) => answer(http.GET('/v1/webhooks/{id}', of(id))),
  create: (body: NewWebhook) => answer(http.POST('/v1/webhooks', { body })),
  remove: (id: string) => done(http.DELETE('/v1/webhooks/{id}', of(id))),
  rotate: (id: string) => answer(http.POST('/v1/webhooks/{id}/keys', of(id))),
  enable: (id: string) => answer(http.POST('/v1/webhooks/{id}/enable', of(id))),
  disable: (id: string) => answer(http.POST('/v1/webhooks/{id}/disable', of(id))),
  test: (id: string) => answer(http.POST('/v1/webhooks/{id}/test', of(id))),
  deliveries: (id: string, state: DeliveryState | null, after: string | null) =>
    answer(
      http.GET('/v1/webhooks/{id}/deliveries', {
        params: { path: { id }, query: { ...page(after), ...(state !== null && { state }) } },
      }),
    ),
  delivery: (id: string, delivery: string) =>
    answer(
      http.GET('/v1/webhooks/{id}/deliveries/{delivery}', { params: { path: { id, delivery } } }),
    ),
  replay: (id: string, delivery: string) =>
    answer(
      http.POST('/v1/webhooks/{id}/deliveries/{delivery}/replay', {
        params: { path: { id, delivery } },
      }),
    ),
};
