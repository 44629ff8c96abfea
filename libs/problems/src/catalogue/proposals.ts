import type { ProblemDefinition } from '../definition.js';

/** Refusals around what takes two people. */
export const proposalProblems = {
  'second-person-needed': {
    status: 409,
    title: { en: 'This takes two people', zh: '此操作须由两人完成' },
    change: {
      en: 'Ask for the preview, send its "digest" with the same request to propose it, and let a second person of your institution confirm. Why: {why}.',
      zh: '请先预览，再将预览中的 "digest" 随同一请求提交以提出申请，由本机构另一人确认。原因：{why}。',
    },
  },
  'preview-differs': {
    status: 409,
    title: { en: 'It would change something else than you saw', zh: '实际影响与您看到的预览不同' },
    change: {
      en: 'Look at the preview again and send its "digest".',
      zh: '请重新预览，并提交新的 "digest"。',
    },
  },
  'proposal-differs': {
    status: 409,
    title: { en: 'It would change something else than was proposed', zh: '实际影响与所提申请不同' },
    change: {
      en: 'Nothing was done. Refuse this proposal, look at the preview again and propose it anew.',
      zh: '未作任何更改。请拒绝该申请，重新预览后再次提出。',
    },
  },
  'proposal-open': {
    status: 409,
    title: { en: 'Somebody has proposed this already', zh: '已有人提出该申请' },
    change: {
      en: 'Confirm or refuse the open proposal; its id is in "proposal".',
      zh: '请确认或拒绝待处理的申请，编号见 "proposal"。',
    },
  },
  'proposal-closed': {
    status: 409,
    title: { en: 'This proposal is no longer open', zh: '该申请已关闭' },
    change: {
      en: 'Its state is "{state}". Propose it anew if it is still wanted.',
      zh: '当前状态为“{state}”。如仍有需要，请重新提出。',
    },
  },
  'confirmer-is-proposer': {
    status: 403,
    title: { en: 'Somebody else must confirm', zh: '须由他人确认' },
    change: {
      en: '{name} proposed this, by account or key. Ask a second person of your institution.',
      zh: '该申请由 {name} 通过其账号或密钥提出。请由本机构另一人确认。',
    },
  },
  'old-posting': {
    status: 409,
    title: {
      en: 'This was completed too long ago for one person to post',
      zh: '完成时间过早，不能由一人登记',
    },
    change: {
      en: 'What was completed before {day} goes in by a file: one person sends it, another commits it.',
      zh: '{day} 之前完成的成果须以文件提交：一人上传，另一人确认入账。',
    },
  },
  'committer-is-sender': {
    status: 403,
    title: { en: 'Somebody else must commit this file', zh: '须由他人确认该文件入账' },
    change: {
      en: 'It holds completions from before {day}. Ask a second person of your institution to look at the dry run and commit it.',
      zh: '文件中含有 {day} 之前完成的成果。请由本机构另一人查看试运行结果后确认入账。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
