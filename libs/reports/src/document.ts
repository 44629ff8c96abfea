import type { Text } from '#libs/problems';
import type { AssessedCondition } from './conditions.js';
import type { Warning } from './warnings.js';

/** A part of a figure, as everybody is told it. */
export interface ReportedPart {
  readonly key: string;
  readonly title: Text;
  readonly partOf: string | null;
  readonly value: string | null;
  readonly suppressed: boolean;
}

/** A figure with its definition, as everybody is told it when the report is frozen. */
export interface ReportedIndicator {
  readonly id: string;
  readonly version: number;
  readonly title: Text;
  readonly definition: Text;
  readonly unit: 'ratio' | 'percent' | 'persons' | 'person-times' | 'fte';
  readonly decimals: number;
  readonly target: { readonly atLeast: string; readonly source: Text } | null;
  readonly owner: Text;
  readonly value: string | null;
  readonly absence: 'input-missing' | 'nobody-counted' | 'suppressed' | null;
  readonly met: boolean | null;
  readonly parts: readonly ReportedPart[];
  readonly amounts: readonly {
    readonly key: string;
    readonly title: Text;
    readonly value: string | null;
  }[];
  readonly unknown: readonly ReportedPart[];
  readonly inputs: readonly {
    readonly code: string;
    readonly title: Text;
    readonly value: string;
    readonly on: string | null;
    readonly sources: readonly Text[];
  }[];
  readonly missing: readonly { readonly code: string; readonly title: Text }[];
}

/** What a school stated of itself, as it counted when the report was frozen. */
export interface ReportedInput {
  readonly code: string;
  readonly title: Text;
  readonly value: string;
  readonly on: string;
  readonly source: string;
}

/** A school with its conditions. */
export interface ReportedSchool {
  readonly code: string;
  readonly name: Text;
  /** Null: the authority has not said which standard counts for it. */
  readonly standard: { readonly id: string; readonly version: string; readonly title: Text } | null;
  readonly conditions: readonly AssessedCondition[];
  readonly inputs: readonly ReportedInput[];
}

/** Everything that a report says; what is signed and hashed is its canonical JSON (RFC 8785). */
export interface ReportContent {
  readonly type: 'MonitoringReport';
  readonly version: 1;
  /** Its place in the log of reports, from 0. */
  readonly number: number;
  readonly id: string;
  readonly title: Text;
  readonly period: {
    readonly id: string;
    readonly kind: 'year' | 'school-year';
    readonly from: string;
    readonly to: string;
    readonly countedTo: string;
  };
  readonly publishedAt: string;
  /** Everything that was recorded up to this moment is in the figures. */
  readonly dataTime: string;
  readonly cohortFrozenAt: string | null;
  /** The day of the schedule on which it was due; null when somebody published it. */
  readonly scheduledFor: string | null;
  readonly publisher: { readonly did: string; readonly name: Text };
  readonly indicators: readonly ReportedIndicator[];
  readonly standards: readonly {
    readonly id: string;
    readonly version: string;
    readonly title: Text;
    readonly source: Text;
  }[];
  readonly schools: readonly ReportedSchool[];
  readonly warnings: readonly Warning[];
}
