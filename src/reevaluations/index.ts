export { type Compared, Comparison, type Versions } from './comparison.js';
export { type Population, type PopulationRun, PopulationWork } from './population-work.js';
export { ReevaluationsModule } from './reevaluations.module.js';
export { ReevaluationsWorker } from './reevaluations.worker.js';
export { type Step, type WorklistRun, WorklistRuns } from './worklist-runs.js';
export { WorklistStore } from './worklist.store.js';
