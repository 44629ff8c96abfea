export * from './institution.js';
export { InstitutionsModule } from './institutions.module.js';
export { Institutions } from './institutions.service.js';
export { whyNotDecided, whyNotOffered, whyNotPosted } from './rights.js';
