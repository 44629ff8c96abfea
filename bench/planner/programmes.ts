import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledRulebook, compileRulebook, type RulebookDocument } from '#libs/rules';
import { readYaml } from '../../src/rulebook/yaml-text.js';

/** A programme that learners plan for, and what can be learned for it. */
export interface Programme {
  readonly name: string;
  readonly rulebook: CompiledRulebook;
  readonly market: Market;
}

/** What is on offer: the make of its courses, certificates and trainings. */
export interface Market {
  readonly institutions: number;
  /** Offers of a catalogue, from a small one to a large one. */
  readonly offers: readonly [number, number];
  readonly kinds: readonly OfferKind[];
}

/** Offers of one kind; every list is drawn from, so what stands twice comes twice as often. */
export interface OfferKind {
  readonly share: number;
  readonly source: 'course' | 'online-course' | 'certificate' | 'training';
  readonly categories: readonly string[];
  /** Left out where an offer has a code of its own that no rule speaks of. */
  readonly codes?: readonly string[];
  /** Null where what it is worth is said by its hours. */
  readonly credits: readonly (string | null)[];
  /** Hours for each credit, or the hours themselves where there is no credit. */
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly level?: readonly [string, readonly string[]];
}

const KOREAN: readonly OfferKind[] = [
  { share: 0.5, source: 'course', categories: ['major'], ...course(15, 4) },
  { share: 0.22, source: 'online-course', categories: ['general'], ...course(15, 4) },
  { share: 0.12, source: 'course', categories: ['general'], ...course(15, 4) },
  {
    share: 0.16,
    source: 'certificate',
    categories: ['major', 'major', 'elective'],
    credits: ['4', '5', '6', '10', '14', '16', '18', '20'],
    hours: [8, 12, 20],
    months: [2, 3, 6, 9, 12],
  },
];

const DISTRICT: readonly OfferKind[] = [
  {
    share: 0.45,
    source: 'course',
    categories: ['major', 'major', 'major-basic', 'practice'],
    credits: ['2', '3', '3', '4', '4', '1.5', '6'],
    hours: [16, 18],
    months: [5],
  },
  {
    share: 0.2,
    source: 'course',
    categories: ['public', 'general', 'elective'],
    credits: ['2', '2', '3', '1'],
    hours: [16],
    months: [5],
  },
  {
    share: 0.1,
    source: 'online-course',
    categories: ['general', 'elective'],
    credits: ['1', '2', '1.5'],
    hours: [16],
    months: [2, 3],
  },
  {
    share: 0.12,
    source: 'certificate',
    categories: ['certificate'],
    credits: ['3', '4', '6', '8', '10'],
    hours: [10, 16],
    months: [3, 6],
  },
  {
    share: 0.13,
    source: 'training',
    categories: ['training'],
    credits: [null],
    hours: [8, 16, 20, 24, 40, 48, 64],
    months: [1, 2],
  },
];

const INDIAN: readonly OfferKind[] = [
  {
    share: 1,
    source: 'course',
    categories: ['discipline', 'skill', 'language'],
    credits: ['2', '3', '4'],
    hours: [30],
    months: [5],
  },
];

function course(hours: number, months: number): Pick<OfferKind, 'credits' | 'hours' | 'months'> {
  return { credits: ['3', '3', '3', '3', '2', '1'], hours: [hours], months: [months] };
}

/** The programmes of `rulebooks/` that end with an award, and two that get one here. */
export function programmes(root: string): Programme[] {
  const read = (name: string): RulebookDocument => documentOf(join(root, 'rulebooks', name));
  const korea = { institutions: 12, offers: [80, 300], kinds: KOREAN } as const;
  const district = { institutions: 9, offers: [80, 300], kinds: DISTRICT } as const;
  const associate = read('korea/acbs-associate.yaml');
  const { calendar, caps = [] } = read('korea/semester-caps.yaml');
  const underCaps: RulebookDocument = {
    ...associate,
    id: 'korea/acbs-associate-by-semesters',
    ...(calendar && { calendar }),
    caps: [...(associate.caps ?? []), ...caps],
    examples: associate.examples.slice(0, 1),
  };
  return [
    programme('ACBS associate', associate, korea),
    programme('ACBS associate under 24 a semester and 42 a year', underCaps, korea),
    programme('ACBS three-year', read('korea/acbs-three-year.yaml'), korea),
    programme('ACBS bachelor', read('korea/acbs-bachelor.yaml'), korea),
    programme('district associate', read('district/skill-associate.yaml'), district),
    programme('district bachelor', read('district/skill-bachelor.yaml'), district),
    programme('NCrF', read('india/ncrf-levels.yaml'), {
      institutions: 5,
      offers: [40, 120],
      kinds: INDIAN,
    }),
    programme('logistics', wanting(read('district/logistics-3y.yaml'), '25'), {
      institutions: 6,
      offers: [40, 120],
      kinds: LOGISTICS,
    }),
    programme('community health', wanting(read('district/health-ou.yaml'), '18'), {
      institutions: 6,
      offers: [30, 80],
      kinds: HEALTH,
    }),
  ];
}

const LOGISTICS: readonly OfferKind[] = [
  coded(['UNI-MATH-A1', 'UNI-MATH-A2', 'UNI-ENG-1', 'UNI-STAT', 'UNI-ECON'], 'course', 0.25),
  coded(['SVS-OFFICE', 'SVS-LOG-BASE', 'SVS-WH-OPS'], 'course', 0.1),
  coded(['MOOC-ECOM', 'MOOC-LAW', 'MOOC-A', 'MOOC-B', 'MOOC-C'], 'online-course', 0.15),
  coded(['VQ-CET-4', 'VQ-NCRE-1', 'SP-FORKLIFT', 'VQ-ACCT-1'], 'certificate', 0.1),
  {
    ...coded(['X-LOG-1', 'X-LOG-2', 'X-LOG-3', 'X-WMS-1', 'X-WMS-2'], 'certificate', 0.1),
    level: ['x-cert', ['初级', '中级', '高级']],
  },
  {
    ...coded(['SK-COURIER-5', 'SK-COURIER-4', 'SK-COURIER-3'], 'certificate', 0.1),
    level: ['skill-level', ['五级', '四级', '三级']],
  },
  trained(['TR-EXPRESS', 'TR-FORKSAFE'], 0.1),
  { ...coded([], 'course', 0.1), categories: ['elsewhere'] },
];

const HEALTH: readonly OfferKind[] = [
  coded(['OU-PSY', 'OU-GERONT', 'OU-NUTRI', 'OU-FIRSTAID'], 'course', 0.25),
  coded(['MOOC-HEALTH'], 'online-course', 0.05),
  coded(['X-CARE-1', 'X-CARE-2', 'SP-CHRONIC'], 'certificate', 0.15),
  {
    ...coded(['SK-CARE-5', 'SK-CARE-4', 'SK-CARE-3'], 'certificate', 0.15),
    level: ['skill-level', ['五级', '四级', '三级']],
  },
  trained(['TR-TCM', 'TR-FALLS', 'TR-DIET', 'TR-VOLUNTEER', 'TR-PSYCARE'], 0.25),
  { ...coded([], 'course', 0.15), categories: ['elsewhere'] },
];

function coded(codes: string[], source: OfferKind['source'], share: number): OfferKind {
  const credits = ['2', '3', '4', '5', '6'];
  const about = { source, categories: ['major'], credits, hours: [16], months: [2, 3, 5, 6] };
  return { share, ...(codes.length > 0 && { codes }), ...about };
}

function trained(codes: string[], share: number): OfferKind {
  const hours = [8, 16, 24, 40];
  const about = { categories: ['training'], credits: [null], hours, months: [1, 2] };
  return { share, source: 'training', codes, ...about };
}

/** These documents convert and end with no award: here the award is so much converted credit. */
function wanting(document: RulebookDocument, atLeast: string): RulebookDocument {
  const title = { zh: '转换学分', en: 'Credits converted' };
  const requirements = [{ id: 'converted', title, atLeast }];
  return { ...document, requirements, examples: document.examples.slice(0, 1) };
}

function programme(name: string, document: RulebookDocument, market: Market): Programme {
  const compiled = compileRulebook(document);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problem).slice(0, 500));
  return { name, rulebook: compiled.value, market };
}

function documentOf(file: string): RulebookDocument {
  const opened = readYaml(readFileSync(file, 'utf8'));
  if (!opened.ok) throw new Error(`${file}: ${JSON.stringify(opened.problem).slice(0, 500)}`);
  return opened.value.value as RulebookDocument;
}
