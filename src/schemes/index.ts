export { Candidacies } from './candidacies.service.js';
export { SchemeSimulations } from './scheme-simulations.service.js';
export { NewSchemeDto } from './schemes.dto.js';
export { SchemesModule } from './schemes.module.js';
export { Schemes } from './schemes.service.js';
