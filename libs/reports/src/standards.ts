import type { Text } from '#libs/problems';

/** A figure about a school that the school states, with its day and its source. */
export interface ConditionInput {
  readonly code: string;
  readonly title: Text;
  /** Whole numbers of people and books; areas and sums of money may have decimals. */
  readonly isWhole: boolean;
}

/** Everything that a school states. Areas are in square metres, money in yuan. */
export const CONDITION_INPUTS = [
  {
    code: 'students',
    isWhole: true,
    title: { zh: '全日制学历教育在校生数（人）', en: 'Full-time students' },
  },
  {
    code: 'campus-area',
    isWhole: false,
    title: { zh: '校园占地面积（平方米）', en: 'Area of the campus (m²)' },
  },
  {
    code: 'building-area',
    isWhole: false,
    title: { zh: '校舍建筑面积（平方米）', en: 'Floor area of all buildings (m²)' },
  },
  {
    code: 'teaching-area',
    isWhole: false,
    title: { zh: '教学行政用房面积（平方米）', en: 'Floor area for teaching and offices (m²)' },
  },
  { code: 'teachers', isWhole: true, title: { zh: '专任教师数（人）', en: 'Full-time teachers' } },
  {
    code: 'graduate-teachers',
    isWhole: true,
    title: {
      zh: '具有研究生学位的专任教师数（人）',
      en: 'Full-time teachers with a graduate degree',
    },
  },
  {
    code: 'equipment-value',
    isWhole: false,
    title: { zh: '教学仪器设备总值（元）', en: 'Value of teaching equipment (yuan)' },
  },
  { code: 'books', isWhole: true, title: { zh: '图书（册）', en: 'Books' } },
] as const satisfies readonly ConditionInput[];

export type ConditionInputCode = (typeof CONDITION_INPUTS)[number]['code'];

/** One condition: a stated figure, or one divided by another, and the bound that the standard sets. */
export interface Condition {
  readonly code: string;
  readonly title: Text;
  readonly unit: Text;
  readonly of: ConditionInputCode;
  /** What it is divided by; null for the figure itself. */
  readonly per: ConditionInputCode | null;
  /** 100 for a percentage. */
  readonly factor: 1 | 100;
  readonly bound: 'at-least' | 'at-most';
  /** A decimal string. */
  readonly value: string;
}

/** A national standard of school conditions. */
export interface Standard {
  readonly id: string;
  /** The day of the document that sets it. */
  readonly version: string;
  readonly title: Text;
  readonly source: Text;
  readonly conditions: readonly Condition[];
}

const SQUARE_METRES: Text = { zh: '平方米', en: 'm²' };
const SQUARE_METRES_EACH: Text = { zh: '平方米/生', en: 'm² per student' };
const YUAN: Text = { zh: '元', en: 'yuan' };
const YUAN_EACH: Text = { zh: '元/生', en: 'yuan per student' };
const BOOKS_EACH: Text = { zh: '册/生', en: 'books per student' };
const PEOPLE: Text = { zh: '人', en: 'people' };
const STUDENTS_EACH: Text = { zh: '名学生/教师', en: 'students per teacher' };

type Bound = Pick<Condition, 'bound' | 'value' | 'unit'>;

const atLeast = (value: string, unit: Text): Bound => ({ bound: 'at-least', value, unit });

const SECONDARY: Standard = {
  id: 'secondary-general',
  version: '2022-10',
  title: { zh: '一般类中等职业学校', en: 'Secondary vocational schools of the general kind' },
  source: {
    zh: '《职业学校办学条件达标工程实施方案》（教职成〔2022〕5号）附件1重点监测指标，参照《中等职业学校设置标准》（教职成〔2010〕12号）。数值据公开转载的附件录入，未见原件，以教育部发布的文本为准。',
    en: 'Key figures of annex 1 to the programme to bring vocational schools up to standard (Ministry of Education and others, 2022 no. 5), after the standards for secondary vocational schools (2010 no. 12). Taken from public reprints of the annex; the original was not seen, and counts where it differs.',
  },
  conditions: [
    {
      code: 'campus-area',
      title: { zh: '校园占地面积', en: 'Area of the campus' },
      of: 'campus-area',
      per: null,
      factor: 1,
      ...atLeast('40000', SQUARE_METRES),
    },
    {
      code: 'campus-area-each',
      title: { zh: '生均用地面积', en: 'Area of the campus per student' },
      of: 'campus-area',
      per: 'students',
      factor: 1,
      ...atLeast('33', SQUARE_METRES_EACH),
    },
    {
      code: 'building-area',
      title: { zh: '校舍建筑面积', en: 'Floor area of all buildings' },
      of: 'building-area',
      per: null,
      factor: 1,
      ...atLeast('24000', SQUARE_METRES),
    },
    {
      code: 'building-area-each',
      title: { zh: '生均校舍建筑面积', en: 'Floor area per student' },
      of: 'building-area',
      per: 'students',
      factor: 1,
      ...atLeast('20', SQUARE_METRES_EACH),
    },
    {
      code: 'teachers',
      title: { zh: '专任教师数', en: 'Full-time teachers' },
      of: 'teachers',
      per: null,
      factor: 1,
      ...atLeast('60', PEOPLE),
    },
    {
      code: 'students-each',
      title: { zh: '师生比（每名专任教师的学生数）', en: 'Students per full-time teacher' },
      of: 'students',
      per: 'teachers',
      factor: 1,
      bound: 'at-most',
      value: '20',
      unit: STUDENTS_EACH,
    },
    {
      code: 'equipment-value',
      title: { zh: '仪器设备总值', en: 'Value of teaching equipment' },
      of: 'equipment-value',
      per: null,
      factor: 1,
      ...atLeast('3000000', YUAN),
    },
    {
      code: 'equipment-value-each',
      title: { zh: '生均仪器设备值', en: 'Value of equipment per student' },
      of: 'equipment-value',
      per: 'students',
      factor: 1,
      ...atLeast('2500', YUAN_EACH),
    },
    {
      code: 'books-each',
      title: { zh: '生均图书', en: 'Books per student' },
      of: 'books',
      per: 'students',
      factor: 1,
      ...atLeast('30', BOOKS_EACH),
    },
  ],
};

const HIGHER: Standard = {
  id: 'higher-engineering',
  version: '2004-02',
  title: {
    zh: '高职（专科）院校：工科、农、林类',
    en: 'Higher vocational colleges: engineering, agriculture, forestry',
  },
  source: {
    zh: '《普通高等学校基本办学条件指标（试行）》（教发〔2004〕2号）表一合格标准，高职（专科）工科、农、林院校。数值据多所高校公开转载的文本核对一致；按在校生人数计算，未作折合。',
    en: 'Basic conditions of institutions of higher education (Ministry of Education, 2004 no. 2), table 1, qualified, colleges of engineering, agriculture and forestry. Checked against reprints by several colleges; counted by students as they are, not converted.',
  },
  conditions: [
    {
      code: 'students-each',
      title: { zh: '生师比（每名专任教师的学生数）', en: 'Students per full-time teacher' },
      of: 'students',
      per: 'teachers',
      factor: 1,
      bound: 'at-most',
      value: '18',
      unit: STUDENTS_EACH,
    },
    {
      code: 'graduate-teachers-share',
      title: {
        zh: '具有研究生学位教师占专任教师的比例',
        en: 'Full-time teachers with a graduate degree',
      },
      of: 'graduate-teachers',
      per: 'teachers',
      factor: 100,
      ...atLeast('15', { zh: '%', en: '%' }),
    },
    {
      code: 'teaching-area-each',
      title: { zh: '生均教学行政用房', en: 'Floor area for teaching and offices per student' },
      of: 'teaching-area',
      per: 'students',
      factor: 1,
      ...atLeast('16', SQUARE_METRES_EACH),
    },
    {
      code: 'equipment-value-each',
      title: { zh: '生均教学科研仪器设备值', en: 'Value of equipment per student' },
      of: 'equipment-value',
      per: 'students',
      factor: 1,
      ...atLeast('4000', YUAN_EACH),
    },
    {
      code: 'books-each',
      title: { zh: '生均图书', en: 'Books per student' },
      of: 'books',
      per: 'students',
      factor: 1,
      ...atLeast('60', BOOKS_EACH),
    },
  ],
};

const TECHNICAL: Standard = {
  id: 'technical-school',
  version: '2022-10',
  title: { zh: '技工学校', en: 'Technical schools (技工学校)' },
  source: {
    zh: '《技工学校设置标准（试行）》（人社部发〔2012〕8号），教职成〔2022〕5号附件1引用。数值据公开转载的文本录入，未见原件；高级技工学校和技师学院的数值未能核实，暂不收录。',
    en: 'Standards for technical schools (Ministry of Human Resources, 2012 no. 8), as annex 1 to 2022 no. 5 cites them. Taken from public reprints, the original was not seen; the figures for advanced technical schools and technician colleges could not be confirmed and are left out.',
  },
  conditions: [
    {
      code: 'campus-area',
      title: { zh: '校园占地面积', en: 'Area of the campus' },
      of: 'campus-area',
      per: null,
      factor: 1,
      ...atLeast('30000', SQUARE_METRES),
    },
    {
      code: 'building-area',
      title: { zh: '校舍建筑面积', en: 'Floor area of all buildings' },
      of: 'building-area',
      per: null,
      factor: 1,
      ...atLeast('18000', SQUARE_METRES),
    },
    {
      code: 'building-area-each',
      title: { zh: '生均校舍建筑面积', en: 'Floor area per student' },
      of: 'building-area',
      per: 'students',
      factor: 1,
      ...atLeast('20', SQUARE_METRES_EACH),
    },
    {
      code: 'equipment-value',
      title: { zh: '实习、实验设备总值', en: 'Value of training equipment' },
      of: 'equipment-value',
      per: null,
      factor: 1,
      ...atLeast('3000000', YUAN),
    },
  ],
};

/** Every standard that a school can be held against. */
export const STANDARDS: readonly Standard[] = [SECONDARY, HIGHER, TECHNICAL];

export function standardOf(id: string): Standard | undefined {
  return STANDARDS.find((standard) => standard.id === id);
}

export function conditionInputOf(code: string): ConditionInput | undefined {
  return CONDITION_INPUTS.find((input) => input.code === code);
}
