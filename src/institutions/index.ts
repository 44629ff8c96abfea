export { Demerits } from './demerits/demerits.service.js';
export type { NewDemeritDto } from './demerits/demerits.dto.js';
export * from './institution.js';
export { InstitutionsModule } from './institutions.module.js';
export { Institutions } from './institutions.service.js';
export type { NewInstitutionRequestDto } from './requests/requests.dto.js';
export { InstitutionRequests } from './requests/requests.service.js';
export { rolesOfKind, whyNotBegun, whyNotDecided, whyNotOffered, whyNotPosted } from './rights.js';
