export { SimulationsModule } from './simulations.module.js';
export { Simulations } from './simulations.service.js';
export { SimulationsWorker } from './simulations.worker.js';
