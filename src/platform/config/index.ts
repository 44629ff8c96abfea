export { type AccessSettings, accessSettings } from './access-settings.js';
export { type ProviderSettings, providerSettings } from './provider-settings.js';
export * from './config.js';
export * from './config.module.js';
export * from './checkout.js';
export * from './edge-settings.js';
export * from './settings.js';
export { type TwoPeopleSettings, twoPeopleSettings } from './two-people-settings.js';
