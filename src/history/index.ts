export * from './administrative-event.js';
export { HistoryModule } from './history.module.js';
export { History } from './history.service.js';
