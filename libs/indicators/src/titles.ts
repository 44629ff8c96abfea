import type { Text } from '#libs/problems';
import { inputOf } from './inputs.js';

/** Words for the parts of figures. A part that stands here under no name is shown by its key. */
const TITLES: Readonly<Record<string, Text>> = {
  'person-times': { zh: '培训人次', en: 'Training person-times' },
  'person-times-paid': { zh: '培训人次（按补贴）', en: 'Training person-times, by subsidy' },
  hours: { zh: '培训学时', en: 'Training hours' },
  'hours-unknown': { zh: '学时未知的人次', en: 'Person-times of unknown hours' },
  'fte:full-time': { zh: '全日制折合', en: 'Full-time, converted' },
  'fte:masters': { zh: '硕士折合', en: 'Masters, converted' },
  'fte:overseas': { zh: '留学生折合', en: 'Overseas, converted' },
  'fte:evening': { zh: '夜大折合', en: 'Evening, converted' },
  'fte:correspondence': { zh: '函授折合', en: 'Correspondence, converted' },
  graduates: { zh: '毕业生', en: 'Graduates' },
  onward: { zh: '升学', en: 'Went on' },
  'way:transfer': { zh: '转段', en: 'Stage transfer (转段)' },
  'way:matched': { zh: '对口升学', en: 'Matched examination (对口)' },
  'way:exempt': { zh: '免试入学', en: 'Without test (免试)' },
  'way:other': { zh: '其他升学', en: 'Another way on' },
  'way:none': { zh: '无升学记录', en: 'No admission on record' },
  'graduates-late': { zh: '名单冻结后补录的毕业生', en: 'Graduates recorded after the freeze' },
  skilled: { zh: '技能人才', en: 'Skilled workers' },
  'skilled-by-employment': { zh: '技能人才（按就业状况）', en: 'Skilled workers, by employment' },
  'highly-skilled': { zh: '高级工及以上', en: 'Level 3 (高级工) and above' },
  'other-skilled': { zh: '初级工和中级工', en: 'Levels 5 and 4 (初级工, 中级工)' },
  'level:5': { zh: '五级（初级工）', en: 'Level 5 (初级工)' },
  'level:4': { zh: '四级（中级工）', en: 'Level 4 (中级工)' },
  'level:3': { zh: '三级（高级工）', en: 'Level 3 (高级工)' },
  'level:2': { zh: '二级（技师）', en: 'Level 2 (技师)' },
  'level:1': { zh: '一级（高级技师）', en: 'Level 1 (高级技师)' },
  'employment:employed': { zh: '就业', en: 'Employed' },
  'employment:unknown': { zh: '就业状况未填报', en: 'Employment not stated' },
  teachers: { zh: '专业课教师', en: 'Teachers of vocational subjects' },
  recognised: { zh: '“双师型”教师', en: 'Double-qualified' },
  'not-recognised': { zh: '未认定', en: 'Not recognised' },
  'gate-known': { zh: '结果已知的考生', en: 'Learners with a known result' },
  'gate-passed': { zh: '通过', en: 'Passed' },
  'gate-failed': { zh: '未通过', en: 'Failed' },
  'passed:3-2': { zh: '“3+2”通过', en: '3+2, passed' },
  'passed:five-year': { zh: '五年制通过', en: 'Five-year, passed' },
  'failed:3-2': { zh: '“3+2”未通过', en: '3+2, failed' },
  'failed:five-year': { zh: '五年制未通过', en: 'Five-year, failed' },
  'result-unknown': { zh: '结果未填报', en: 'Result not stated' },
  'in-groups': { zh: '重点群体', en: 'In a priority group' },
  'group:laid-off': { zh: '下岗失业人员', en: 'Laid-off workers' },
  'group:graduate': { zh: '毕业生', en: 'Graduates' },
  'group:older': { zh: '老年人', en: 'Older people' },
  'group:disabled': { zh: '残疾人', en: 'Disabled people' },
  'group:veteran': { zh: '退役军人', en: 'Veterans' },
  'group:rural': { zh: '农村学习者', en: 'Rural learners' },
  'group:none': { zh: '不属于重点群体', en: 'In none of the groups' },
  'group:unknown': { zh: '群体未填报', en: 'Groups not stated' },
  'kind:employment': { zh: '就业技能培训', en: 'For employment' },
  'kind:upgrading': { zh: '岗位提升培训', en: 'Upgrading' },
  'kind:entrepreneurship': { zh: '创业培训', en: 'Entrepreneurship' },
  'kind:unknown': { zh: '类别未填报', en: 'Kind not stated' },
  'subsidised:yes': { zh: '享受补贴', en: 'Subsidised' },
  'subsidised:no': { zh: '未享受补贴', en: 'Not subsidised' },
  'subsidised:unknown': { zh: '补贴情况未填报', en: 'Subsidy not stated' },
  learners: { zh: '有学习成果的人数', en: 'People with an outcome' },
  'learners-by-document': {
    zh: '有学习成果的人数（按证件）',
    en: 'People with an outcome, by document',
  },
  elsewhere: { zh: '区外和境外', en: 'From elsewhere' },
  'other-regions': { zh: '区外（省级行政区）', en: 'From other regions of China' },
  countries: { zh: '境外', en: 'From other countries' },
  'origin:local': { zh: '本区', en: 'From the district' },
  'origin:unknown': { zh: '来源地未填报', en: 'Origin not stated' },
  'origin:CN-50': { zh: '重庆其他区县', en: 'Other districts of Chongqing' },
  'origin:CN-51': { zh: '四川', en: 'Sichuan' },
  'origin:TH': { zh: '泰国', en: 'Thailand' },
  'origin:PK': { zh: '巴基斯坦', en: 'Pakistan' },
  'alternative-documents': { zh: '使用其他证件', en: 'Known by another document' },
  'chinese-and-skill': { zh: '“中文+职业技能”兼备', en: 'Chinese and a vocational skill' },
  'not-chinese-and-skill': { zh: '尚未兼备', en: 'Not both yet' },
  'resident-ids': { zh: '使用居民身份证', en: 'Known by a resident ID' },
};

/** Parts that only keep sums from giving others away. */
const HELPERS = ['rest-of-group:', 'not-in-group:'];

export function isHelper(key: string): boolean {
  return HELPERS.some((prefix) => key.startsWith(prefix));
}

/** What a part of a figure, or an input, is called. */
export function titleOf(key: string): Text {
  const known = TITLES[key] ?? inputOf(key)?.title;
  if (known) return known;
  const name = key.slice(key.indexOf(':') + 1);
  return { zh: name, en: name };
}
