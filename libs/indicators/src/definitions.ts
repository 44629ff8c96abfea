import type { Text } from '#libs/problems';
import type { Measure } from './facts.js';

/** What a value is a number of. */
export type Unit = 'ratio' | 'percent' | 'persons' | 'person-times' | 'fte';

/** One indicator of the plan: what it says, how it is counted and who answers for it. */
export interface IndicatorDefinition {
  readonly id: string;
  /** Counts up when the way of counting changes; a published figure names it. */
  readonly version: number;
  readonly title: Text;
  readonly definition: Text;
  readonly unit: Unit;
  /** Decimals that a value is cut to: it shows as reached only when it is. */
  readonly decimals: number;
  readonly target: { readonly atLeast: string; readonly source: Text } | null;
  readonly owner: Text;
  /** Sums of the ledger that it rests on; `stock` is counted on a day, `flow` over the period. */
  readonly counts: readonly { readonly measure: Measure; readonly timing: 'flow' | 'stock' }[];
}

const PLAN: Text = {
  zh: '示范区职业教育高质量发展规划（需求一）',
  en: 'The development plan of the district for vocational education (requirement 1)',
};
const EDUCATION: Text = { zh: '区教育委员会职业教育科', en: 'District education commission' };
const LABOUR: Text = {
  zh: '区人力资源和社会保障局职业能力建设科',
  en: 'District bureau of human resources, skills section',
};

const training = [{ measure: 'training', timing: 'flow' }] as const;
const skilled = [{ measure: 'skilled', timing: 'stock' }] as const;

/** Every indicator, in the order of the report. */
export const INDICATORS: readonly IndicatorDefinition[] = [
  {
    id: 'training-per-student',
    version: 1,
    title: { zh: '年培训人次与在校生之比', en: 'Training person-times per student in school' },
    definition: {
      zh: '本期完成的培训人次（每人每完成一项培训计一人次，未通过或出勤不足的、讲座不计）÷在校生数（期内最近一次统计）。',
      en: 'Trainings completed in the period (a person counts once for each; failed or hardly attended ones and lectures do not) divided by the students in school at the last census in it.',
    },
    unit: 'ratio',
    decimals: 2,
    target: { atLeast: '2', source: PLAN },
    owner: EDUCATION,
    counts: training,
  },
  {
    id: 'training-workload',
    version: 1,
    title: { zh: '培训工作量（折合全日制学生数）', en: 'Training workload in full-time students' },
    definition: {
      zh: '本期完成培训的学时总数÷每名全日制学生折合学时。学时未知的人次另列，不估算。',
      en: 'Hours of all trainings completed in the period, divided by the hours of one full-time-equivalent student. Trainings of unknown hours are named beside it and not estimated.',
    },
    unit: 'fte',
    decimals: 1,
    target: null,
    owner: EDUCATION,
    counts: training,
  },
  {
    id: 'fte-students',
    version: 1,
    title: { zh: '折合在校生数', en: 'Full-time-equivalent students' },
    definition: {
      zh: '各类在校生数按折合系数相加：全日制×1、硕士×1.5、留学生×3、夜大×0.3、函授×0.1。系数有生效日期。',
      en: 'Students of each kind times their coefficient: full-time 1, masters 1.5, overseas 3, evening 0.3, correspondence 0.1. Coefficients are dated.',
    },
    unit: 'fte',
    decimals: 1,
    target: null,
    owner: EDUCATION,
    counts: [],
  },
  {
    id: 'secondary-onward',
    version: 1,
    title: {
      zh: '中职毕业生升学比例',
      en: 'Graduates of secondary vocational education who go on',
    },
    definition: {
      zh: '本期毕业的中职学生中，毕业前后12个月内有升学记录（转段、对口、免试、其他分别统计）的人数÷毕业生数，每人计一次。录入统计口径的毕业生数后名单即冻结，此后补录的毕业生另列。',
      en: 'Of the graduates of the period, those with an admission within 12 months of graduating (stage transfer, matched examination, without test and others apart), each person once. The cohort is frozen when the statistical number of graduates is entered; graduations recorded later are named beside it.',
    },
    unit: 'percent',
    decimals: 2,
    target: { atLeast: '60', source: PLAN },
    owner: EDUCATION,
    counts: [{ measure: 'graduate', timing: 'flow' }],
  },
  {
    id: 'skilled-workers',
    version: 1,
    title: { zh: '技能人才总量', en: 'Skilled workers' },
    definition: {
      zh: '期末持有有效职业技能等级证书或职业资格证书的人数，每人按最高有效等级计一次；注明未就业的不计，就业状况未知的计入并另列。',
      en: 'People who hold a valid certificate of a vocational skill level at the end of the period, each once at the highest valid level. Who is stated not to be employed does not count; who is not known to be counts and is named beside it.',
    },
    unit: 'persons',
    decimals: 0,
    target: { atLeast: '200000', source: PLAN },
    owner: LABOUR,
    counts: skilled,
  },
  {
    id: 'skilled-share',
    version: 1,
    title: { zh: '技能人才占就业人员比例', en: 'Skilled workers among the employed' },
    definition: {
      zh: '技能人才总量÷就业人员数（期内最近一次统计）。',
      en: 'Skilled workers divided by the employed population as last counted in the period.',
    },
    unit: 'percent',
    decimals: 2,
    target: { atLeast: '30', source: PLAN },
    owner: LABOUR,
    counts: skilled,
  },
  {
    id: 'highly-skilled-share',
    version: 1,
    title: { zh: '高技能人才占技能人才比例', en: 'Highly skilled among skilled workers' },
    definition: {
      zh: '最高有效等级为高级工及以上（三、二、一级）的人数÷技能人才总量。',
      en: 'Those whose highest valid level is 高级工 or above (levels 3, 2, 1), divided by all skilled workers.',
    },
    unit: 'percent',
    decimals: 2,
    target: { atLeast: '32', source: PLAN },
    owner: LABOUR,
    counts: skilled,
  },
  {
    id: 'dual-qualified-teachers',
    version: 1,
    title: { zh: '“双师型”教师占专业课教师比例', en: 'Double-qualified teachers' },
    definition: {
      zh: '期末“双师型”认定有效的教师人数÷专业课教师数（期内最近一次统计）。',
      en: 'Teachers whose recognition as double-qualified is valid at the end of the period, divided by the teachers of vocational subjects as last counted in it.',
    },
    unit: 'percent',
    decimals: 2,
    target: { atLeast: '70', source: PLAN },
    owner: EDUCATION,
    counts: [{ measure: 'dual-qualified', timing: 'stock' }],
  },
  {
    id: 'pathway-pass',
    version: 1,
    title: { zh: '“3+2”和五年制转段通过率', en: 'Pass rate of 3+2 and five-year pathways' },
    definition: {
      zh: '本期参加转段考核的学生中通过的人数÷结果已知的人数；每人每种学制计一次，以通过为准。规划要求“高通过率”，未定数值。',
      en: 'Of the learners who came to the gate between the stages in the period, those who passed, divided by those whose result is known; each once a pathway, by the best result. The plan asks for a high rate and names no number.',
    },
    unit: 'percent',
    decimals: 2,
    target: null,
    owner: EDUCATION,
    counts: [{ measure: 'gate', timing: 'flow' }],
  },
  {
    id: 'programme-match',
    version: 1,
    title: {
      zh: '专业与区域产业匹配度',
      en: 'Programmes that match the industries of the district',
    },
    definition: {
      zh: '与区域主导产业对应的专业数÷开设专业数，由各校按统计时点填报。',
      en: 'Programmes that match the leading industries, divided by all programmes, as each school stated at the census.',
    },
    unit: 'percent',
    decimals: 2,
    target: { atLeast: '90', source: PLAN },
    owner: EDUCATION,
    counts: [],
  },
  {
    id: 'training-by-group',
    version: 1,
    title: { zh: '重点群体培训人次', en: 'Training of priority groups' },
    definition: {
      zh: '本期完成的培训人次中学习者属于重点群体（下岗失业人员、毕业生、老年人、残疾人、退役军人、农村学习者）的人次。一人可属多个群体；未填报的另列。',
      en: 'Trainings completed in the period by laid-off workers, graduates, older people, disabled people, veterans and rural learners. One person can belong to several groups; what nobody stated is named beside it.',
    },
    unit: 'person-times',
    decimals: 0,
    target: null,
    owner: LABOUR,
    counts: training,
  },
  {
    id: 'training-by-kind',
    version: 1,
    title: { zh: '分类培训人次', en: 'Training by kind' },
    definition: {
      zh: '本期完成的培训人次，按就业技能、岗位提升、创业分类，并按是否享受补贴分类；未填报的另列。',
      en: 'Trainings completed in the period, for employment, upgrading or entrepreneurship, and subsidised or not; what nobody stated is named beside it.',
    },
    unit: 'person-times',
    decimals: 0,
    target: null,
    owner: LABOUR,
    counts: training,
  },
  {
    id: 'learners-from-elsewhere',
    version: 1,
    title: { zh: '区外和境外学习者', en: 'Learners from other regions and countries' },
    definition: {
      zh: '本期有学习成果、来源地为区外（含成渝）或境外的人数，每人计一次；来源地未填报的另列。另计使用居民身份证以外证件的人数，其中“中文+职业技能”兼备的人数。',
      en: 'People with an outcome in the period who come from another region (成渝) or country, each once; who nobody stated is named beside it. Also those known by a document other than a resident ID, and of these who have passed both a test of Chinese and vocational training.',
    },
    unit: 'persons',
    decimals: 0,
    target: null,
    owner: EDUCATION,
    counts: [
      { measure: 'learner-year', timing: 'flow' },
      { measure: 'learner-school-year', timing: 'flow' },
    ],
  },
];

export function indicatorOf(id: string): IndicatorDefinition | undefined {
  return INDICATORS.find((indicator) => indicator.id === id);
}
