export {
  type FetchResult,
  Outbound,
  Resolver,
  type SendFault,
  type SendResult,
} from './outbound.js';
export { OutboundModule } from './outbound.module.js';
export type { TargetFault } from './target.js';
