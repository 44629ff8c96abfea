export { WorkloadCoefficients } from './coefficients.service.js';
export { WorkloadStatements } from './statements.service.js';
export { WorkloadModule } from './workload.module.js';
export { Workload } from './workload.service.js';
