/** What an institution of the synthetic district does. */
export type Trade =
  | 'secondary-school'
  | 'college'
  | 'open-university'
  | 'senior-university'
  | 'community-college'
  | 'enterprise'
  | 'issuer';

export interface House {
  readonly code: string;
  readonly trade: Trade;
  readonly name: { readonly zh: string; readonly en: string };
}

/** An entry of the catalogue, as far as somebody who earns it is concerned. */
export interface Offer {
  readonly code: string;
  /** Code of the institution that gives it. */
  readonly owner: string;
  readonly isForMembers: boolean;
  readonly kind: 'degree-course' | 'vocational-certificate' | 'community-course';
  readonly form:
    | 'course'
    | 'x-certificate'
    | 'skill-level-certificate'
    | 'specialised-ability'
    | 'training'
    | 'lecture';
  readonly category: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** Thousandths; null: registered without credit. */
  readonly millicredits: number | null;
  /** Hours of work; null: the catalogue does not know. */
  readonly hours: number | null;
  /** 5 (初级工) to 1 (高级技师). */
  readonly skillLevel: number | null;
  readonly milestone: string | null;
  readonly scale: 'percent' | 'pass-fail' | null;
  readonly leastAttendance: number | null;
  readonly monthsValid: number | null;
}

/** Institutions of each trade, in a small, a middling and a large city. */
const HOUSES: readonly (readonly [
  Trade,
  string,
  string,
  string,
  readonly [number, number, number],
])[] = [
  ['secondary-school', 'SEC', '职业教育中心', 'vocational school', [1, 4, 10]],
  ['college', 'COL', '职业技术学院', 'vocational college', [1, 2, 5]],
  ['open-university', 'OPEN', '开放大学', 'open university', [1, 1, 1]],
  ['senior-university', 'SENIOR', '老年大学', 'senior university', [1, 1, 2]],
  ['community-college', 'COMM', '社区教育学院', 'community college', [1, 2, 4]],
  ['enterprise', 'FIRM', '企业培训中心', 'enterprise training centre', [1, 3, 8]],
  ['issuer', 'CERT', '职业技能评价机构', 'skill assessment body', [1, 2, 4]],
];
const MIDDLING = 5_000;
const LARGE = 100_000;

const SKILLS = [
  '电工',
  '焊工',
  '养老护理员',
  '物流服务师',
  '汽车维修工',
  '中式烹调师',
  '育婴员',
  '快递员',
];
const SUBJECTS = [
  '语文',
  '数学',
  '英语',
  '信息技术',
  '机械基础',
  '物流基础',
  '电子商务',
  '护理基础',
  '会计',
  '烹饪',
];

/** A district of a city: its institutions, and what can be earned at each. */
export class District {
  readonly houses: readonly House[];
  readonly offers: readonly Offer[];
  readonly #offersOf = new Map<string, Offer[]>();
  readonly #housesOf = new Map<Trade, House[]>();
  readonly #placeOf: ReadonlyMap<string, number>;

  constructor(learners: number) {
    const size = learners < MIDDLING ? 0 : learners < LARGE ? 1 : 2;
    this.houses = HOUSES.flatMap(([trade, prefix, zh, en, counts]) =>
      Array.from({ length: counts[size] ?? 1 }, (_, i) => ({
        code: `${prefix}-${i + 1}`,
        trade,
        name: { zh: `模拟第${i + 1}${zh}`, en: `Simulated ${en} ${i + 1}` },
      })),
    );
    this.offers = this.houses.flatMap(offersOf);
    this.#placeOf = new Map(this.houses.map(({ code }, place) => [code, place]));
    for (const house of this.houses) push(this.#housesOf, house.trade, house);
    for (const offer of this.offers) push(this.#offersOf, keyOf(offer.owner, roleOf(offer)), offer);
  }

  /** The institutions of a trade. */
  of(trade: Trade): readonly House[] {
    return this.#housesOf.get(trade) ?? [];
  }

  placeOf(code: string): number {
    return this.#placeOf.get(code) ?? -1;
  }

  /** What an institution offers of a sort: a form, or a milestone. */
  offersAt(house: House, sort: string): readonly Offer[] {
    return this.#offersOf.get(keyOf(house.code, sort)) ?? [];
  }

  offerAt(house: House, sort: string): Offer {
    const [offer] = this.offersAt(house, sort);
    if (!offer) throw new Error(`${house.code} offers no ${sort}`);
    return offer;
  }
}

/** Milestones are found by their name, skill levels by their number, all else by its form. */
function roleOf({ milestone, skillLevel, form }: Offer): string {
  return milestone ?? (skillLevel === null ? form : `level-${skillLevel}`);
}

function offersOf(house: House): Offer[] {
  switch (house.trade) {
    case 'secondary-school':
      return [
        ...courses(house, 10),
        ...[
          'secondary-graduation',
          'onward-transfer',
          'onward-matched',
          'onward-exempt',
          'onward-other',
        ].map((milestone) => marked(house, milestone)),
        ...trainings(house, 3),
      ];
    case 'college':
      return [
        ...courses(house, 10),
        ...['gate-3-2', 'gate-five-year'].map((milestone): Offer => ({
          ...marked(house, milestone),
          scale: 'pass-fail',
        })),
        ...trainings(house, 4),
      ];
    case 'open-university':
      return [
        ...courses(house, 8),
        { ...marked(house, 'chinese-language'), scale: 'pass-fail' },
        ...trainings(house, 3),
      ];
    case 'senior-university':
      return [...trainings(house, 6), ...lectures(house, 3)];
    case 'community-college':
      return [...trainings(house, 6), ...lectures(house, 4)];
    case 'enterprise':
      return trainings(house, 8);
    case 'issuer':
      return [
        ...SKILLS.flatMap((skill, i) =>
          [5, 4, 3, 2, 1].map((level) => skilled(house, skill, i, level)),
        ),
        ...xCertificates(house),
        recognition(house),
        ...trainings(house, 2),
      ];
  }
}

const PLAIN = {
  isForMembers: false,
  skillLevel: null,
  milestone: null,
  scale: null,
  leastAttendance: null,
  monthsValid: null,
  hours: null,
} as const;

function courses({ code: owner }: House, count: number): Offer[] {
  return SUBJECTS.slice(0, count).map((subject, i) => ({
    ...PLAIN,
    code: `${owner}-C${i + 1}`,
    owner,
    kind: 'degree-course',
    form: 'course',
    category: i < 4 ? 'public' : 'major',
    title: { zh: `${subject}（${owner}）`, en: `Course ${i + 1} of ${owner}` },
    millicredits: 2000 + (i % 3) * 500,
    hours: 36 + (i % 3) * 9,
    scale: 'percent',
  }));
}

/** Steps in a life: no credit. */
function marked({ code: owner }: House, milestone: string): Offer {
  return {
    ...PLAIN,
    code: `${owner}-${milestone.toUpperCase()}`,
    owner,
    kind: 'degree-course',
    form: 'course',
    category: 'public',
    title: { zh: `${milestone}（${owner}）`, en: `${milestone} of ${owner}` },
    millicredits: null,
    milestone,
  };
}

/** Some of unknown hours, some with a grade, some with an attendance. */
function trainings({ code: owner, trade }: House, count: number): Offer[] {
  return Array.from({ length: count }, (_, i): Offer => ({
    ...PLAIN,
    code: `${owner}-T${i + 1}`,
    owner,
    kind: 'community-course',
    form: 'training',
    category: trade === 'enterprise' ? 'skill' : 'community',
    title: { zh: `培训班${i + 1}（${owner}）`, en: `Training ${i + 1} of ${owner}` },
    millicredits: i % 8 === 7 ? null : 500 + (i % 3) * 250,
    hours: i % 5 === 4 ? null : 16 + i * 8,
    scale: i % 3 === 1 ? 'percent' : null,
    leastAttendance: i % 3 === 2 ? 80 : null,
    monthsValid: i % 2 === 0 ? 84 : null,
  }));
}

function lectures({ code: owner }: House, count: number): Offer[] {
  return Array.from({ length: count }, (_, i): Offer => ({
    ...PLAIN,
    code: `${owner}-L${i + 1}`,
    owner,
    kind: 'community-course',
    form: 'lecture',
    category: 'community',
    title: { zh: `讲座${i + 1}（${owner}）`, en: `Lecture ${i + 1} of ${owner}` },
    millicredits: null,
    hours: 2,
  }));
}

/** Most lapse, after three or after seven years. */
function skilled({ code: owner }: House, skill: string, place: number, level: number): Offer {
  return {
    ...PLAIN,
    code: `${owner}-S${place + 1}-${level}`,
    owner,
    isForMembers: true,
    kind: 'vocational-certificate',
    form: 'skill-level-certificate',
    category: 'skill',
    title: {
      zh: `${skill}职业技能等级证书${level}（${owner}）`,
      en: `Skill ${place + 1}, level ${level}, ${owner}`,
    },
    millicredits: 2000 * (6 - level),
    skillLevel: level,
    scale: 'percent',
    monthsValid: [84, 36, null, 84][place % 4] ?? null,
  };
}

function xCertificates({ code: owner }: House): Offer[] {
  return [1, 2].map((number): Offer => ({
    ...PLAIN,
    code: `${owner}-X${number}`,
    owner,
    isForMembers: true,
    kind: 'vocational-certificate',
    form: 'x-certificate',
    category: 'skill',
    title: { zh: `1+X证书${number}（${owner}）`, en: `1+X certificate ${number} of ${owner}` },
    millicredits: 4000,
    scale: 'percent',
  }));
}

/** Double-qualified teachers are recognised for three years. */
function recognition({ code: owner }: House): Offer {
  return {
    ...PLAIN,
    code: `${owner}-DUAL`,
    owner,
    isForMembers: true,
    kind: 'vocational-certificate',
    form: 'specialised-ability',
    category: 'skill',
    title: { zh: `双师型教师认定（${owner}）`, en: `Double-qualified teacher, ${owner}` },
    millicredits: null,
    milestone: 'dual-qualified-teacher',
    monthsValid: 36,
  };
}

function keyOf(house: string, sort: string): string {
  return `${house} ${sort}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const own = map.get(key);
  if (own) own.push(value);
  else map.set(key, [value]);
}
