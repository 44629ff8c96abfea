import type { SameKeys } from '../shape';
import type { acting as zh } from '../zh/acting';

export const acting = {
  and: ', ',
  forMe: 'ใครทำแทนฉันได้',
  forMeText: 'เจ้าหน้าที่เคาน์เตอร์ต้องได้รับความยินยอมจากคุณ ผู้ปกครองต้องมีหลักฐาน ทุกอย่างที่ทำอยู่ใน “ใครเปิดดู”',
  nobody: 'ยังไม่มีใครทำแทนคุณ',
  asGuardian: 'ในฐานะผู้ปกครอง',
  hint: 'คุณเป็นผู้ปกครอง ดูและทำแทนบุตรได้',
  open: 'ทำแทนบุตร',
  end: 'ยุติ',
  endQuestion: 'หลังจากนี้คุณทำแทนบุตรไม่ได้ หากต้องการให้บันทึกใหม่ที่เคาน์เตอร์',
  over: 'การเป็นผู้ปกครองนี้สิ้นสุดแล้ว',
  kind: { counter: 'เจ้าหน้าที่เคาน์เตอร์', guardian: 'ผู้ปกครอง' },
  state: { active: 'ใช้ได้', ended: 'สิ้นสุดแล้ว' },
  acts: { see: 'ดูและพิมพ์', apply: 'ขอเทียบโอน', share: 'แบ่งปัน' },
  given: {
    'signed-paper': 'ตามเอกสารที่ลงชื่อ',
    spoken: 'ตกลงด้วยวาจา มีพยาน',
    evidence: 'ตามหลักฐานการเป็นผู้ปกครอง',
  },
  period: '{{from}} ถึง {{until}}',
  banner: 'ทำแทนใคร',
  now: 'กำลังทำแทน {{name}}',
  unnamed: 'ผู้เรียนที่ไม่มีชื่อในบันทึก',
  until: 'สิ้นสุดเอง {{at}}',
  logged: 'ทุกขั้นตอนถูกบันทึกให้เจ้าตัวเห็น',
  leave: 'กลับไปบันทึกของฉัน',
} as const satisfies SameKeys<typeof zh>;
