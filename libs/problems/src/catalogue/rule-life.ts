import type { ProblemDefinition } from '../definition.js';

/** Refusals on the way of a rule from its draft to its end. */
export const ruleLifeProblems = {
  'rule-of-another-institution': {
    status: 403,
    title: { en: 'These rules are another institution’s', zh: '该规则属于其他机构' },
    change: {
      en: 'Rules of a programme are written by the institution that owns it or by an authority, not for {institution}. Check target.institution, target.programme and id.',
      zh: '专业的规则由其所属机构或主管部门编写，您不能为 {institution} 编写。请检查 target.institution、target.programme 和 id。',
    },
  },
  'rule-draft-state': {
    status: 409,
    title: { en: 'The draft’s state does not allow this', zh: '草案当前状态不允许此操作' },
    change: {
      en: 'The draft is "{state}". Read it again; only a draft or a rejected text can be rewritten, only a submitted one approved, only an approved one published.',
      zh: '草案状态为“{state}”。请重新查看：只有草稿或被退回的文本可以修改，已提交的才能审批，已批准的才能发布。',
    },
  },
  'rule-lint-errors': {
    status: 422,
    title: { en: 'The check of the document found errors', zh: '规则检查发现错误' },
    change: {
      en: 'Correct the places listed in errors; the lint of the draft shows warnings as well.',
      zh: '请按 errors 修改；草案的检查结果中还列有警告。',
    },
  },
  'rule-draft-id-changed': {
    status: 409,
    title: { en: 'A draft keeps its regulation', zh: '草案的规则编号不能更改' },
    change: {
      en: 'This draft is of {rule}. Keep its id, or create another draft.',
      zh: '此草案属于 {rule}。请保持 id 不变，或另建草案。',
    },
  },
  'rule-draft-differs': {
    status: 409,
    title: { en: 'The draft is not the one that was read', zh: '草案内容与您所看到的不同' },
    change: {
      en: 'The draft has the fingerprint {hash}. Read it again and decide about that text.',
      zh: '草案现在的指纹为 {hash}。请重新阅读后再决定。',
    },
  },
  'rule-draft-outdated': {
    status: 409,
    title: { en: 'The draft was read by older software', zh: '草案由旧版本程序读取' },
    change: {
      en: 'The same text now has the fingerprint {hash}. Reject the draft, save its text again and let it be approved again.',
      zh: '同一文本现在的指纹为 {hash}。请退回草案，重新保存并再次审批。',
    },
  },
  'approver-is-author': {
    status: 403,
    title: { en: 'Somebody else must approve', zh: '须由他人审批' },
    change: {
      en: '{name} wrote or submitted this text. Ask a second person to approve it.',
      zh: '{name} 编写或提交了该文本。请由另一人审批。',
    },
  },
  'approver-is-proposer': {
    status: 403,
    title: { en: 'Somebody else must agree', zh: '须由他人同意' },
    change: {
      en: '{name} proposed this end. Ask a second person to agree to it.',
      zh: '{name} 提出了该结束日期。请由另一人审批。',
    },
  },
  'rule-retirement-not-proposed': {
    status: 409,
    title: { en: 'No end is proposed', zh: '没有待审批的结束日期' },
    change: {
      en: 'Propose the last day first, or read what was decided about the last proposal.',
      zh: '请先提出结束日期，或查看上一次提议的处理结果。',
    },
  },
  'rule-retirement-differs': {
    status: 409,
    title: { en: 'Another day is proposed', zh: '提议的日期与您所看到的不同' },
    change: {
      en: 'The proposed last day is {on}. Read the proposal again and decide about that day.',
      zh: '现在提议的结束日期为 {on}。请重新查看后再决定。',
    },
  },
  'rule-from-past': {
    status: 422,
    title: { en: 'Rules do not begin in the past', zh: '规则不能自过去的日期生效' },
    change: {
      en: 'Choose {today} or a later day instead of {from}.',
      zh: '请把 {from} 改为 {today} 或之后的日期。',
    },
  },
  'rule-from-outside': {
    status: 422,
    title: { en: 'The day is outside the document’s window', zh: '日期不在文件规定的有效期内' },
    change: {
      en: 'The document is in force from {first} to {last}; {from} is not within it. Choose another day or change inForce.',
      zh: '文件的有效期为 {first} 至 {last}，不含 {from}。请另选日期或修改 inForce。',
    },
  },
  'rule-version-to-come': {
    status: 409,
    title: { en: 'A version that is still to come is in the way', zh: '与尚未生效的版本重叠' },
    change: {
      en: 'Version {version} of {rule} begins on {from}. Begin on that day or later, or end this version before it.',
      zh: '{rule} 的第 {version} 版自 {from} 起生效。请自该日或之后生效，或让本版在此之前结束。',
    },
  },
  'rule-ended': {
    status: 409,
    title: { en: 'The version has an end already', zh: '该版本已有结束日期' },
    change: {
      en: 'It ends on {on}. Only an earlier day, not before {today}, can be set.',
      zh: '该版本于 {on} 结束。只能改为更早且不早于 {today} 的日期。',
    },
  },
  'simulation-ended': {
    status: 409,
    title: { en: 'The simulation has ended', zh: '模拟已结束' },
    change: {
      en: 'Read its report; there is nothing left to cancel.',
      zh: '请查看结果；已没有可以取消的内容。',
    },
  },
  'rule-end-past': {
    status: 422,
    title: { en: 'Rules do not end in the past', zh: '规则不能在过去的日期结束' },
    change: {
      en: 'Choose {today} or a later day instead of {on}.',
      zh: '请把 {on} 改为 {today} 或之后的日期。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
