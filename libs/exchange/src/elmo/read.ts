import type { NamedCode } from '../open/document.js';
import { ELMO_NAMESPACE } from './write.js';
import { type XmlNode, childOf, childrenOf, tokenOf } from './xml.js';

/** One outcome that an ELMO file claims. Null: the file does not say. */
export interface ElmoClaim {
  /** Titles from the outermost specification to this one; a course of a programme has two. */
  readonly path: readonly string[];
  readonly title: Pick<NamedCode, 'zh' | 'en'>;
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  readonly type: string | null;
  readonly startedOn: string | null;
  readonly completedOn: string | null;
  readonly status: 'passed' | 'failed' | 'in-progress';
  readonly grade: string | null;
  readonly gradeScale: string | null;
  readonly credits: readonly { readonly scheme: string | null; readonly value: string | null }[];
  readonly levels: readonly { readonly type: string | null; readonly value: string | null }[];
  readonly hours: string | null;
  /** What our own extension says beside it. */
  readonly extension: Readonly<Record<string, string>>;
}

export interface ElmoReport {
  readonly issuer: {
    readonly country: string | null;
    readonly identifiers: readonly { readonly type: string; readonly value: string }[];
    readonly title: Pick<NamedCode, 'zh' | 'en'>;
    readonly url: string | null;
  };
  readonly issuedAt: string | null;
  readonly claims: readonly ElmoClaim[];
}

export interface ElmoReading {
  readonly generatedAt: string | null;
  readonly learner: {
    readonly name: string | null;
    readonly birthDate: string | null;
    readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  };
  readonly reports: readonly ElmoReport[];
  /** What stands in the file and contradicts itself, by the path of its titles. */
  readonly doubts: readonly { readonly code: 'credit-in-parent-and-part'; readonly at: string }[];
}

/** A file claims no more than this; a transcript of a lifetime has hundreds. */
export const MOST_CLAIMS = 5_000;
const MOST_LEVELS = 8;

/**
 * What an ELMO file says, as claims: nothing in it is credit here. Undefined when it is none.
 * Unknown elements are passed over, as ELMO 1.x asks of its readers.
 */
export function readElmo(root: XmlNode): ElmoReading | undefined {
  // With a prefix or without.
  const namespaces = Object.values(root.attributes);
  if (root.name !== 'elmo' || !namespaces.includes(ELMO_NAMESPACE)) return undefined;
  const learner = childOf(root, 'learner');
  const doubts: ElmoReading['doubts'][number][] = [];
  const reports = childrenOf(root, 'report').map((report): ElmoReport => {
    const issuer = childOf(report, 'issuer');
    const claims: ElmoClaim[] = [];
    for (const specification of childrenOf(report, 'learningOpportunitySpecification')) {
      collect(specification, { path: [], claims, doubts, hasCreditAbove: false });
    }
    return {
      issuer: {
        country: tokenOf(issuer, 'country'),
        identifiers: identifiersOf(issuer),
        title: titleOf(issuer),
        url: tokenOf(issuer, 'url'),
      },
      issuedAt: tokenOf(report, 'issueDate'),
      claims,
    };
  });
  return {
    generatedAt: tokenOf(root, 'generatedDate'),
    learner: {
      name: nameOf(learner),
      birthDate: dayOf(tokenOf(learner, 'bday')),
      identifiers: identifiersOf(learner),
    },
    reports,
    doubts,
  };
}

interface Walk {
  readonly path: readonly string[];
  readonly claims: ElmoClaim[];
  readonly doubts: ElmoReading['doubts'][number][];
  /** R23: credit of a course and of the programme around it would be counted twice. */
  readonly hasCreditAbove: boolean;
}

function collect(specification: XmlNode, walk: Walk): void {
  const { claims, doubts } = walk;
  if (claims.length >= MOST_CLAIMS || walk.path.length >= MOST_LEVELS) return;
  const title = titleOf(specification);
  const path = [...walk.path, title.zh || title.en];
  const claim = claimOf(specification, path, title);
  const hasCredit = claim?.credits.some(({ value }) => value !== null) ?? false;
  if (claim) claims.push(claim);
  if (hasCredit && walk.hasCreditAbove) {
    doubts.push({ code: 'credit-in-parent-and-part', at: path.join(' / ') });
  }
  for (const part of childrenOf(specification, 'hasPart')) {
    for (const inner of childrenOf(part, 'learningOpportunitySpecification')) {
      collect(inner, { path, claims, doubts, hasCreditAbove: hasCredit || walk.hasCreditAbove });
    }
  }
}

function claimOf(
  specification: XmlNode,
  path: readonly string[],
  title: Pick<NamedCode, 'zh' | 'en'>,
): ElmoClaim | undefined {
  const instance = childOf(childOf(specification, 'specifies'), 'learningOpportunityInstance');
  if (!instance) return undefined;
  const extension = Object.fromEntries(
    (childOf(instance, 'extension')?.children ?? []).map(({ name, text }) => [name, text.trim()]),
  );
  const status = tokenOf(instance, 'status');
  return {
    path,
    title,
    identifiers: [...identifiersOf(specification), ...identifiersOf(instance)],
    type: tokenOf(specification, 'type'),
    startedOn: dayOf(tokenOf(instance, 'start')),
    completedOn: extension['completedOn'] ?? dayOf(tokenOf(instance, 'date')),
    // R24: a status that is not there means passed.
    status: status === 'failed' || status === 'in-progress' ? status : 'passed',
    grade: tokenOf(instance, 'resultLabel'),
    gradeScale: tokenOf(instance, 'gradingSchemeLocalId'),
    credits: childrenOf(instance, 'credit').map((credit) => ({
      scheme: tokenOf(credit, 'scheme'),
      value: tokenOf(credit, 'value'),
    })),
    levels: childrenOf(instance, 'level').map((level) => ({
      type: tokenOf(level, 'type'),
      value: tokenOf(level, 'value'),
    })),
    hours: tokenOf(instance, 'engagementHours'),
    extension,
  };
}

function identifiersOf(node: XmlNode | undefined): { type: string; value: string }[] {
  if (!node) return [];
  return childrenOf(node, 'identifier').map(({ attributes, text }) => ({
    type: attributes['type'] ?? '',
    value: text.replace(/\s+/gu, ' ').trim(),
  }));
}

/** By language; a title without one is taken for English, the usual second language of a file. */
function titleOf(node: XmlNode | undefined): { zh: string; en: string } {
  const titles = node ? childrenOf(node, 'title') : [];
  const textOf = (one: XmlNode | undefined): string => one?.text.replace(/\s+/gu, ' ').trim() ?? '';
  const inLanguage = (language: string): XmlNode | undefined =>
    titles.find(({ attributes }) => (attributes['xml:lang'] ?? '').startsWith(language));
  const first = textOf(titles[0]);
  return { zh: textOf(inLanguage('zh')) || first, en: textOf(inLanguage('en')) || first };
}

function nameOf(learner: XmlNode | undefined): string | null {
  const [family, given] = [tokenOf(learner, 'familyName'), tokenOf(learner, 'givenNames')];
  if (family === null || given === null) return family ?? given;
  return /\p{Script=Han}/u.test(family + given) ? `${family}${given}` : `${given} ${family}`;
}

/** A date without the time zone that `xs:date` allows behind it. */
function dayOf(text: string | null): string | null {
  const [day] = /^\d{4}-\d{2}-\d{2}/.exec(text ?? '') ?? [];
  return day ?? null;
}
