import { FIRST, type Words } from '../../platform/paper/index.js';

/** Languages beside Chinese in which a transcript can be had. */
export const SECOND_LANGUAGES = ['en', 'th'] as const;

export type SecondLanguage = (typeof SECOND_LANGUAGES)[number];

/** A label in every language of a transcript. */
export interface Label {
  readonly zh: string;
  readonly en: string;
  readonly th: string;
}

/** A label in Chinese and the second language. */
export function say(label: Label, second: SecondLanguage): Words {
  return [
    { text: label.zh, language: FIRST },
    { text: label[second], language: second },
  ];
}

/** A label as one line, for narrow places: 学分 Credits. */
export function sayShort(label: Label, second: SecondLanguage): Words {
  return [{ text: `${label.zh} ${label[second]}`, language: FIRST }];
}

export const LABELS = {
  title: {
    zh: '学习成果证明',
    en: 'Record of learning outcomes',
    th: 'ใบแสดงผลการเรียนรู้',
  },
  bank: { zh: '技能学分银行', en: 'Skills credit bank', th: 'ธนาคารหน่วยกิตทักษะ' },
  code: { zh: '在线验证码', en: 'Verification code', th: 'รหัสตรวจสอบออนไลน์' },
  pin: {
    zh: '打开时还需持有人另行告知的口令（PIN）。',
    en: 'Opening it also takes the PIN that the holder tells you separately.',
    th: 'ต้องใช้รหัส PIN ที่เจ้าของแจ้งให้ทราบแยกต่างหากด้วย',
  },
  name: { zh: '姓名', en: 'Name', th: 'ชื่อ' },
  unnamed: { zh: '登记机构未提供', en: 'Not stated', th: 'ไม่ได้ระบุ' },
  document: { zh: '证件', en: 'Document', th: 'เอกสารประจำตัว' },
  purpose: { zh: '用途', en: 'Purpose', th: 'วัตถุประสงค์' },
  receiver: { zh: '指定查看方', en: 'Meant for', th: 'ผู้รับ' },
  anyone: { zh: '不限', en: 'Anyone with the code', th: 'ผู้ที่มีรหัส' },
  madeAt: { zh: '出具时间', en: 'Printed at', th: 'วันที่ออกเอกสาร' },
  validUntil: { zh: '有效期至', en: 'Valid until', th: 'ใช้ได้ถึง' },
  mayEnd: {
    zh: '持有人可随时撤回或延长，以在线结果为准',
    en: 'its holder may end or extend it at any time; the online answer counts',
    th: 'เจ้าของอาจยกเลิกหรือขยายเวลาได้ โปรดยึดผลออนไลน์',
  },
  total: { zh: '学分总计', en: 'Credits in total', th: 'หน่วยกิตรวม' },
  category: { zh: '类别', en: 'Category', th: 'หมวด' },
  all: { zh: '合计', en: 'Total', th: 'รวม' },
  available: { zh: '可用', en: 'Available', th: 'ใช้ได้' },
  held: { zh: '占用中', en: 'Held', th: 'กันไว้' },
  used: { zh: '已转换', en: 'Converted', th: 'โอนแล้ว' },
  expired: { zh: '已过期', en: 'Expired', th: 'หมดอายุ' },
  revoked: { zh: '已撤销', en: 'Revoked', th: 'ถูกเพิกถอน' },
  registered: { zh: '仅登记', en: 'Registered', th: 'ขึ้นทะเบียน' },
  outcomes: { zh: '学习成果', en: 'Learning outcomes', th: 'ผลการเรียนรู้' },
  outcome: { zh: '成果', en: 'Outcome', th: 'ผลการเรียนรู้' },
  noOutcomes: {
    zh: '账户中没有学习成果。',
    en: 'There is no learning outcome in this account.',
    th: 'ยังไม่มีผลการเรียนรู้ในบัญชีนี้',
  },
  school: { zh: '登记机构', en: 'Institution', th: 'สถาบัน' },
  completedOn: { zh: '完成日期', en: 'Completed', th: 'วันที่สำเร็จ' },
  credits: { zh: '学分', en: 'Credits', th: 'หน่วยกิต' },
  creditsAndHours: { zh: '学分、学时', en: 'Credits, h', th: 'หน่วยกิต, ชม.' },
  grade: { zh: '成绩', en: 'Grade', th: 'ผล' },
  state: { zh: '状态', en: 'State', th: 'สถานะ' },
  conversions: {
    zh: '已入账的转换',
    en: 'Conversions that were booked',
    th: 'การเทียบโอนที่บันทึกแล้ว',
  },
  programme: { zh: '转入', en: 'Into', th: 'โอนเข้า' },
  decidedBy: { zh: '决定机构', en: 'Decided by', th: 'ผู้พิจารณา' },
  booked: { zh: '入账日期', en: 'Booked', th: 'วันที่บันทึก' },
  rule: { zh: '依据规则', en: 'Rule', th: 'ตามข้อกำหนด' },
  check: { zh: '怎样查验', en: 'How to check this', th: 'วิธีตรวจสอบ' },
} as const satisfies Record<string, Label>;

/** The ways to check, in the order in which people can take them. */
export function waysToCheck(
  { link, host, hasCredential }: { link: string; host: string; hasCredential: boolean },
  second: SecondLanguage,
): Words[] {
  const ways: Label[] = [
    {
      zh: `扫描二维码，或打开 ${link}，自己输入 12 位验证码。请确认地址栏是 ${host}，不要相信截图。`,
      en: `Scan the QR code, or open ${link} and type the twelve digits yourself. Make sure that the address is ${host}; trust no screenshot.`,
      th: `สแกนคิวอาร์โค้ด หรือเปิด ${link} แล้วพิมพ์รหัส 12 หลักด้วยตนเอง ตรวจดูว่าที่อยู่เว็บคือ ${host} อย่าเชื่อภาพหน้าจอ`,
    },
    {
      zh: `收到电子文件：在 ${host} 的验证页上传本文件。本文件带有签章，任何一个字节改动都会被指出。`,
      en: `If you have the file: upload it at ${host}. It carries a seal, and any byte that was changed is noticed.`,
      th: `หากได้รับเป็นไฟล์ ให้อัปโหลดที่ ${host} ไฟล์นี้มีตราประทับดิจิทัล หากมีการแก้ไขแม้เพียงไบต์เดียวก็จะตรวจพบ`,
    },
    {
      zh: '核对姓名和证件号首尾是否与本人证件一致。',
      en: 'Compare the name and the ends of the document number with the document itself.',
      th: 'เทียบชื่อและตัวเลขต้นท้ายของเอกสารประจำตัวกับเอกสารจริง',
    },
  ];
  if (hasCredential) {
    ways.splice(2, 0, {
      zh: '离线查验：文件内嵌签名凭证（附件），用 creditbank verify 或任何可验证凭证（W3C VC 2.0）工具查验，无需连接本系统。撤销状态仍以在线结果为准。',
      en: 'Offline: the signed credential is attached inside the file; check it with "creditbank verify" or any tool for W3C Verifiable Credentials 2.0, without asking us. Only the online answer knows what was revoked since.',
      th: 'ออฟไลน์: ไฟล์นี้แนบเอกสารรับรองที่ลงนามไว้ ตรวจสอบได้ด้วย creditbank verify หรือเครื่องมือ W3C VC 2.0 ใด ๆ ส่วนการเพิกถอนให้ดูผลออนไลน์',
    });
  }
  return ways.map((way) => say(way, second));
}

/** Kinds of documents of identity, as people call them. */
export const DOCUMENT_KINDS: Readonly<Record<string, Label>> = {
  'resident-id': { zh: '居民身份证', en: 'Resident ID', th: 'บัตรประชาชนจีน' },
  passport: { zh: '护照', en: 'Passport', th: 'หนังสือเดินทาง' },
  'hk-macao-permit': {
    zh: '港澳居民来往内地通行证',
    en: 'Hong Kong and Macao permit',
    th: 'บัตรผ่านแดนฮ่องกง-มาเก๊า',
  },
  'taiwan-permit': { zh: '台湾居民来往大陆通行证', en: 'Taiwan permit', th: 'บัตรผ่านแดนไต้หวัน' },
  'hmt-residence-permit': {
    zh: '港澳台居民居住证',
    en: 'HMT residence permit',
    th: 'บัตรพำนักฮ่องกง-มาเก๊า-ไต้หวัน',
  },
  'foreign-permanent-resident': {
    zh: '外国人永久居留身份证',
    en: 'Foreign permanent resident ID',
    th: 'บัตรพำนักถาวรชาวต่างชาติ',
  },
  'foreign-student-number': { zh: '留学生学号', en: 'Student number', th: 'เลขนักศึกษาต่างชาติ' },
  'sh-credit-bank-id': {
    zh: '上海学分银行账号',
    en: 'Shanghai Credit Bank number',
    th: 'เลขบัญชีธนาคารหน่วยกิตเซี่ยงไฮ้',
  },
  'abc-account-id': { zh: 'ABC 账号', en: 'ABC account', th: 'บัญชี ABC' },
};
