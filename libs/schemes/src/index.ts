export * from './compile.js';
export type { ScorePart, ScorePartsDocument } from './kinds/score-parts.js';
export { kindOf, SCHEME_KINDS, schemeSchema } from './kinds.js';
export type { SchemeAnswer, SchemeDocument, SchemeExample, SchemeKind } from './scheme.js';
export type {
  PathwayCarry,
  PathwayClause,
  PathwayDocument,
  PathwayFact,
  PathwayGate,
  PathwayKind,
  PathwayStage,
} from './kinds/staged-pathway.js';
export { PATHWAY_KINDS, STAGED_PATHWAY } from './kinds/staged-pathway.js';
