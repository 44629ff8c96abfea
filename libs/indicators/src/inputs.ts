import { type Rational, parseDecimal } from '#libs/credit';
import type { Text } from '#libs/problems';

/** A figure that comes from outside the ledger, with its date and its source. */
export interface InputDefinition {
  readonly code: string;
  readonly title: Text;
  /** Whether it is stated for the whole district or for each institution. */
  readonly scope: 'district' | 'institution';
  /** Whole numbers of people or programmes; coefficients and hours may have decimals. */
  readonly isWhole: boolean;
  /** What counts from a day on as long as nobody entered anything else, and why. */
  readonly otherwise?: { readonly value: string; readonly source: Text };
}

const R55_SOURCE: Text = {
  zh: '折合在校生数算法：普通高等学校基本办学条件指标（教发〔2004〕2号）',
  en: 'How students are converted: basic conditions of institutions, Ministry of Education 2004 no. 2',
};

const count = (
  code: string,
  scope: InputDefinition['scope'],
  zh: string,
  en: string,
): InputDefinition => ({ code, scope, isWhole: true, title: { zh, en } });

const coefficient = (code: string, value: string, source: Text, title: Text): InputDefinition => ({
  code,
  scope: 'district',
  isWhole: false,
  title,
  otherwise: { value, source },
});

/** Every figure that the indicators take from outside. */
export const INPUTS = [
  count('employed-population', 'district', '就业人员数', 'Employed population'),
  count(
    'secondary-graduates',
    'district',
    '中职毕业生数（统计口径）',
    'Secondary vocational graduates by the statistical return',
  ),
  count('students-in-school', 'institution', '在校生数', 'Students in school'),
  count('specialised-teachers', 'institution', '专业课教师数', 'Teachers of vocational subjects'),
  count('programmes-offered', 'institution', '开设专业数', 'Programmes offered'),
  count(
    'programmes-matched',
    'institution',
    '与区域主导产业对应的专业数',
    'Programmes that match the leading industries of the district',
  ),
  count('enrolment-full-time', 'institution', '全日制本专科生', 'Full-time undergraduates'),
  count('enrolment-masters', 'institution', '硕士研究生', 'Master students'),
  count('enrolment-overseas', 'institution', '留学生', 'Overseas students'),
  count('enrolment-evening', 'institution', '夜大（业余）学生', 'Evening students'),
  count('enrolment-correspondence', 'institution', '函授生', 'Correspondence students'),
  coefficient('coefficient-full-time', '1', R55_SOURCE, {
    zh: '全日制学生折合系数',
    en: 'Coefficient of full-time students',
  }),
  coefficient('coefficient-masters', '1.5', R55_SOURCE, {
    zh: '硕士研究生折合系数',
    en: 'Coefficient of master students',
  }),
  coefficient('coefficient-overseas', '3', R55_SOURCE, {
    zh: '留学生折合系数',
    en: 'Coefficient of overseas students',
  }),
  coefficient('coefficient-evening', '0.3', R55_SOURCE, {
    zh: '夜大学生折合系数',
    en: 'Coefficient of evening students',
  }),
  coefficient('coefficient-correspondence', '0.1', R55_SOURCE, {
    zh: '函授生折合系数',
    en: 'Coefficient of correspondence students',
  }),
  coefficient(
    'hours-per-fte',
    '900',
    {
      zh: '未见全国统一口径，暂按每生每年900学时折算，待主管部门发文后更新',
      en: 'No national ratio is known: 900 hours a year for now, until the authority lays one down',
    },
    { zh: '每名全日制学生折合学时', en: 'Hours of one full-time-equivalent student' },
  ),
] as const satisfies readonly InputDefinition[];

/** How students are taught, each with an enrolment and a coefficient of its own. */
export const STUDY_MODES = [
  'full-time',
  'masters',
  'overseas',
  'evening',
  'correspondence',
] as const;

export function inputOf(code: string): InputDefinition | undefined {
  return INPUTS.find((input) => input.code === code);
}

/** What is wrong with the value of an input: `not-a-decimal`, `not-whole`; null when nothing is. */
export function inputFault(
  { isWhole }: Pick<InputDefinition, 'isWhole'>,
  value: string,
): 'not-a-decimal' | 'not-whole' | null {
  const number = parseDecimal(value);
  if (!number || number.num < 0n) return 'not-a-decimal';
  return isWhole && number.den !== 1n ? 'not-whole' : null;
}

/** An input as an institution or the district has it in a period. */
export interface ResolvedInput {
  readonly code: string;
  readonly value: Rational;
  /** The newest day that it is about; null for what counts as long as nobody entered anything. */
  readonly on: string | null;
  readonly sources: readonly Text[];
}
