export { Proposables, type Proposable } from './proposables.js';
export {
  type Confirmed,
  type ReasonForTwo,
  REASONS_FOR_TWO,
  secondPersonNeeded,
} from './proposal.js';
export { DIGEST, ProposalDto } from './proposals.dto.js';
export { ProposalsModule } from './proposals.module.js';
export { Proposals } from './proposals.service.js';
export { TwoPeople } from './two-people.js';
