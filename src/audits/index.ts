export { Audits } from './audits.service.js';
export { AuditsModule } from './audits.module.js';
