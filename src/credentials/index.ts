export { CredentialsModule, VcApiModule } from './credentials.module.js';
export { Credentials, type IssuedCredential, type Wanted } from './credentials.service.js';
export { Verifying } from './check/verifying.service.js';
export { Issuers } from './issuers/issuers.service.js';
export type { Issuer } from './issuers/issuer.js';
