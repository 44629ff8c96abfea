export { NewAgreementDto, SignedAgreementDto } from './agreements.dto.js';
export { AgreementsModule } from './agreements.module.js';
export { type CountedUnder, SignedAgreements } from './agreements.service.js';
export { type Terms, agreementFact } from './terms.js';
