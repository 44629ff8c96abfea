export { PathwayEnrolments } from './enrolments.service.js';
export { PathwayGates } from './gates.service.js';
export { PathwaysModule } from './pathways.module.js';
export { PathwayPublications } from './publications.service.js';
