import { addMonths } from '#libs/credit';
import type { Text } from '#libs/problems';
import {
  closed,
  COUNT,
  DAY,
  ID,
  LINE,
  list,
  record,
  type SchemeAnswer,
  type SchemeDocument,
  schemeKind,
  TEXT,
} from '../scheme.js';

/** How many people decide what, and what some of them must be (R57). */
interface PanelDocument extends SchemeDocument {
  /** The first panel whose facts fit decides. */
  readonly panels: readonly {
    readonly id: string;
    readonly title: Text;
    readonly when?: Readonly<Record<string, readonly string[]>>;
    readonly people: number;
    /** Of the people, at least one must be such an expert. */
    readonly expert?: { readonly kind: string; readonly consecutiveYears: number };
  }[];
  /** A catalogue older than this is not looked at: what stands in it is not catalogued any more. */
  readonly catalogueMonths?: number;
}

interface PanelGiven {
  readonly facts: Readonly<Record<string, string>>;
  readonly people: readonly { readonly kind: string; readonly consecutiveYears?: number }[];
  readonly catalogue?: { readonly issued: string; readonly on: string };
}

/** The fact that a stale catalogue takes away. */
const CATALOGUED = 'catalogued';

export const reviewPanel = schemeKind<PanelDocument, PanelGiven>({
  kind: 'review-panel',
  members: {
    panels: list(
      closed({
        id: ID,
        title: TEXT,
        'when?': record(list(LINE, 50)),
        people: { type: 'integer', minimum: 1, maximum: 100 },
        'expert?': closed({ kind: ID, consecutiveYears: COUNT }),
      }),
      100,
    ),
    catalogueMonths: { type: 'integer', minimum: 1, maximum: 1200 },
  },
  required: ['panels'],
  given: closed({
    facts: record(LINE),
    people: {
      type: 'array',
      maxItems: 100,
      items: closed({ kind: ID, 'consecutiveYears?': COUNT }),
    },
    'catalogue?': closed({ issued: DAY, on: DAY }),
  }),
  answers: ['verdict', 'panel', 'people', 'short'],
  check: ({ panels }, check) => {
    check.unique(
      '/panels',
      panels.map(({ id }) => id),
    );
    panels.slice(0, -1).forEach(({ when }, index) => {
      // A panel without conditions takes every case; whatever stands below it is never reached.
      if (!when)
        check.fault(`/panels/${index}`, 'scheme-unreachable', { id: panels[index]?.id ?? '' });
    });
  },
  decide: decidePanel,
  explain: ({ panels, catalogueMonths }) => [
    ...panels.map(({ title, people, expert }) => ({
      en: `${title.en}: at least ${people} people${expert ? `, among them one ${expert.kind} of ${expert.consecutiveYears} consecutive years` : ''}.`,
      zh: `${title.zh}：至少 ${people} 人${expert ? `，其中至少一名连续从业 ${expert.consecutiveYears} 年的 ${expert.kind}` : ''}。`,
    })),
    ...(catalogueMonths === undefined
      ? []
      : [
          {
            en: `The catalogue is issued again every ${catalogueMonths} months; an older one counts for nothing.`,
            zh: `名录每 ${catalogueMonths} 个月重新发布，过期名录不作依据。`,
          },
        ]),
  ],
});

function decidePanel(document: PanelDocument, given: PanelGiven): SchemeAnswer {
  const facts = isStale(document, given) ? { ...given.facts, [CATALOGUED]: 'no' } : given.facts;
  const panel = document.panels.find(({ when }) =>
    Object.entries(when ?? {}).every(([fact, values]) => values.includes(facts[fact] ?? '')),
  );
  if (!panel) return { verdict: 'no-panel', panel: 'none', people: '0', short: 'none' };
  const { people, expert } = panel;
  const experts = given.people.filter(
    ({ kind, consecutiveYears = 0 }) =>
      expert && kind === expert.kind && consecutiveYears >= expert.consecutiveYears,
  );
  const short = [
    ...(given.people.length < people ? [`${people - given.people.length} people`] : []),
    ...(expert && experts.length === 0 ? [expert.kind] : []),
  ];
  return {
    verdict: short.length === 0 ? 'enough' : 'short',
    panel: panel.id,
    people: String(people),
    short: short.join(', ') || 'none',
  };
}

function isStale({ catalogueMonths }: PanelDocument, { catalogue }: PanelGiven): boolean {
  if (!catalogue || catalogueMonths === undefined) return false;
  return addMonths(catalogue.issued, catalogueMonths) < catalogue.on;
}
