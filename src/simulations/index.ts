export { SimulationsModule } from './simulations.module.js';
export { SimulationsWorker } from './simulations.worker.js';
