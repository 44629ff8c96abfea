export { ProofsModule } from './proofs.module.js';
