export type { Answer } from './answer.js';
export { coverageOfFiles } from './coverage.js';
export { diffFiles } from './diff.js';
export { explainFile, NoSuchQuestion, type Question } from './explain.js';
export { type NamedFile, NoSuchFile, readFiles } from './files.js';
export { lintFiles } from './lint.js';
export { testFiles } from './test.js';
export { schemeSchema } from '#libs/schemes';
