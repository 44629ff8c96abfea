export * from './institution.js';
export { InstitutionsModule } from './institutions.module.js';
export { Institutions } from './institutions.service.js';
export { whyNotBegun, whyNotDecided, whyNotOffered, whyNotPosted } from './rights.js';
