import type { ProblemDefinition } from '../definition.js';

/** Refusals of the public log. */
export const transparencyProblems = {
  'tile-path-malformed': {
    status: 400,
    title: { en: 'This is no path of a tile', zh: '不是有效的日志瓦片路径' },
    change: {
      en: 'Write tile/<level>/<number>, with the number in groups of three digits: x001/x234/067, and .p/<width> for a tile that is not full.',
      zh: '请使用 tile/<层级>/<编号>，编号每三位一组：x001/x234/067；未满的瓦片加 .p/<宽度>。',
    },
  },
  'beyond-the-log': {
    status: 404,
    title: { en: 'The log does not reach that far', zh: '超出日志范围' },
    change: {
      en: 'The log holds {size} entries now; ask within that.',
      zh: '日志目前有 {size} 条记录，请在此范围内查询。',
    },
  },
  'not-in-the-log-yet': {
    status: 409,
    title: { en: 'The log does not hold this entry yet', zh: '该条目尚未写入公开日志' },
    change: {
      en: 'It is booked and safe; ask again in {seconds} seconds.',
      zh: '条目已安全入账，请在 {seconds} 秒后再查询。',
    },
  },
  'not-sealed-yet': {
    status: 409,
    title: { en: 'No seal covers the newest entries yet', zh: '最新条目尚未纳入账户封存' },
    change: {
      en: 'Everything is booked and safe; ask again in {seconds} seconds.',
      zh: '所有条目均已安全入账，请在 {seconds} 秒后再查询。',
    },
  },
  'nothing-to-prove': {
    status: 404,
    title: { en: 'The account has no entries', zh: '该账户没有任何条目' },
    change: {
      en: 'A balance proof shows the entries that a balance is made of; there are none yet.',
      zh: '余额证明展示构成余额的全部条目；目前尚无条目。',
    },
  },
  'not-cosigned-yet': {
    status: 404,
    title: { en: 'No checkpoint is cosigned yet', zh: '尚无经见证签名的检查点' },
    change: {
      en: 'Read /v1/log/checkpoint, or set up a witness (docs/operations.md).',
      zh: '请读取 /v1/log/checkpoint，或按 docs/operations.md 设置见证方。',
    },
  },
  'cosignature-refused': {
    status: 422,
    title: { en: 'The cosignature is not accepted', zh: '见证签名未被接受' },
    change: {
      en: 'Send a checkpoint of this log with one more line, the signature of a known witness: {reason}.',
      zh: '请提交本日志的检查点，并附上已登记见证方的签名行：{reason}。',
    },
  },
  'checkpoint-of-another-history': {
    status: 409,
    title: {
      en: 'This log signed the checkpoint, but its history is another now',
      zh: '检查点由本日志签署，但与现有历史不一致',
    },
    change: {
      en: 'Keep the checkpoint: it is evidence. Show it to the operator and run creditbank audit --checkpoint.',
      zh: '请保存该检查点作为证据，告知运维人员，并运行 creditbank audit --checkpoint。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
