import type { SameKeys } from '../shape';
import type { role as zh } from '../zh/role';

export const role = {
  learner: 'ผู้เรียน',
  registrar: 'ผู้บันทึกผลการเรียน',
  issuer: 'ผู้บันทึกใบรับรอง',
  admissions: 'ฝ่ายรับสมัคร',
  clerk: 'เจ้าหน้าที่เคาน์เตอร์',
  'rule-author': 'ผู้ร่างหลักเกณฑ์',
  approver: 'ผู้อนุมัติหลักเกณฑ์',
  manager: 'ผู้ดูแลของหน่วยงาน',
  authority: 'หน่วยงานกำกับ',
  operator: 'ผู้ดูแลระบบ',
} as const satisfies SameKeys<typeof zh>;
