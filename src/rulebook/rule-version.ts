import type { Text } from '#libs/problems';
import type { CompiledRulebook } from '#libs/rules';

/** A published version of a regulation. It never changes. */
export interface RuleVersion {
  readonly regulationId: string;
  readonly version: number;
  /** SHA-256 of the canonical document, 64 hex digits. */
  readonly hash: string;
  readonly title: Text;
  readonly programme: string;
  /** First day in force, `yyyy-mm-dd`. */
  readonly inForceFrom: string;
  /** Last day in force; null while open. */
  readonly inForceTo: string | null;
  readonly publishedAt: Date;
}

/** A version with its texts: the canonical JSON that is hashed, and the YAML that people wrote. */
export interface RuleDocument extends RuleVersion {
  readonly document: string;
  readonly source: string;
}

/** A target of conversion. */
export interface Programme {
  readonly code: string;
  readonly title: Text;
  readonly institutionId: string;
  /** Credits of the whole programme, decimal string. */
  readonly totalCredits: string;
  /** Whether a person at the receiving institution decides. */
  readonly review: 'required' | 'none';
}

/** The version that governs a programme on a day, ready to evaluate. */
export interface GoverningVersion {
  readonly version: RuleVersion;
  readonly compiled: CompiledRulebook;
}
