export { Webhooks } from './webhooks.service.js';
export { WebhooksModule } from './webhooks.module.js';
