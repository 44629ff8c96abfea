export * from './administrative-event.js';
export { HistoryModule } from './history.module.js';
export { History, eventOf } from './history.service.js';
export { HistoryStore } from './history.store.js';
