export type { IntegerProgram, Point, Problem, Row, Term } from './program.js';
export { isFeasible, valueOf } from './program.js';
export type { OptimiseOptions, Optimum } from './optimise.js';
export { optimise } from './optimise.js';
