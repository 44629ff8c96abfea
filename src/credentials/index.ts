export { CredentialsModule, VcApiModule } from './credentials.module.js';
export { Credentials, type IssuedCredential, type Wanted } from './credentials.service.js';
export { CredentialAnswerDto, CredentialLineDto } from './credentials.dto.js';
export { Verifying } from './check/verifying.service.js';
