export { RevocationsModule } from './revocations.module.js';
