import type { SameKeys } from '../shape';
import type { pathway as zh } from '../zh/pathway';

export const pathway = {
  title: 'เส้นทางการเรียน',
  lead: 'ดูว่าคุณอยู่ช่วงใด การพิจารณาครั้งต่อไปยังขาดอะไร และหน่วยกิตใดนับต่อได้',
  none: 'คุณไม่ได้เรียนในเส้นทางต่อเนื่องหลายช่วง (ห้าปี หรือ 3+2) หากมีข้อสงสัย โปรดติดต่อฝ่ายทะเบียนของสถานศึกษา',
  all: 'ดูเส้นทางการเรียนทั้งหมด',
  hint: 'เส้นทางการเรียน: {{title}} ขณะนี้ {{state}}',
  scheme: 'ดูรายละเอียดเส้นทาง',
  see: 'ดูแต่ละช่วงและเกณฑ์การพิจารณา',
  intake: 'รุ่นปี {{year}} ภาคเรียนที่ {{semester}}',
  stages: 'ช่วงการเรียน',
  at: '{{institution}} {{years}}',
  years_other: '{{count}} ปี',
  standing: {
    done: 'เรียนจบแล้ว',
    here: 'กำลังเรียน',
    ahead: 'ช่วงต่อไป',
    closed: 'ไม่ได้เข้าเรียน',
  },
  again: 'ผลการพิจารณาต้องได้รับการพิจารณาใหม่',
  againText: 'ผลการเรียนรู้ที่ใช้อ้างอิงถูกเพิกถอน: {{outcomes}} สถานศึกษาจะติดต่อคุณ',
  gate: {
    title: 'การพิจารณาครั้งต่อไป: {{gate}}',
    none: 'ขณะนี้ไม่มีการพิจารณาที่ต้องผ่าน',
  },
  verdict: {
    passed: 'ครบตามเกณฑ์',
    failed: 'ไม่ผ่าน',
    missing: 'ยังไม่ครบ',
    refused: 'ยังพิจารณาไม่ได้',
  },
  fact: {
    passed: 'ผ่าน',
    failed: 'ไม่ผ่าน',
    met: 'ครบแล้ว',
    short: 'ยังไม่ครบ',
    unknown: 'ยังไม่มีผล',
  },
  condition: {
    credits: '{{title}}: ต้องมี {{needs}} หน่วยกิต มีแล้ว {{has}} หน่วยกิต',
    outcomes: '{{title}}: ต้องมี {{needs}} รายการ มีแล้ว {{has}} รายการ',
  },
  lacking: 'เรียนเพิ่มได้จาก: {{outcomes}}',
  waits: 'ยังไม่มีผล: {{outcomes}}',
  carried: {
    title: 'หน่วยกิตที่นับต่อในช่วงถัดไป',
    text: 'ช่วงถัดไปอ้างอิงหน่วยกิตเดิมโดยไม่บันทึกซ้ำ',
    total: 'รวม {{total}} หน่วยกิต',
    most: ' (นับต่อได้ไม่เกิน {{most}} หน่วยกิต)',
    none: 'ยังไม่มีหน่วยกิตที่นับต่อได้',
  },
  history: {
    title: 'ความเป็นมา',
    day: 'วันที่',
    what: 'เรื่อง',
    to: 'สถานะหลังจากนั้น',
    evidence: 'หลักฐาน',
  },
  event: {
    joined: 'เข้าเรียนรุ่นปี {{year}} (ขึ้นทะเบียนเมื่อ {{on}})',
    'change-of-major': 'เปลี่ยนสาขาวิชา',
    'change-of-school': 'ย้ายสถานศึกษา',
    withdrawal: 'ลาออก',
    reopening: 'พิจารณาใหม่',
    other: 'อื่น ๆ',
  },
} as const satisfies SameKeys<typeof zh>;
