import type { Text } from '#libs/problems';
import { MOST_BEFORE, type WaitingTask } from '../platform/queue/index.js';
import type { Application } from './application.js';

/** Where an application is on its way, for the learner who waits. */
export interface Progress {
  readonly step: 'draft' | 'queued' | 'evaluating' | 'trying-again' | 'stopped' | 'people' | 'done';
  /** How many are evaluated before it; null when it is not in the queue. */
  readonly before: number | null;
  /** What is the case. */
  readonly now: Text;
  /** What happens next. */
  readonly next: Text;
}

/** What is known of an application on its way. */
export interface OnItsWay {
  readonly application: Pick<Application, 'state' | 'panelSize' | 'dueOn' | 'appealUntil'>;
  /** Its evaluation, when it is not done. */
  readonly task: WaitingTask | null;
  /** How many of the panel have voted. */
  readonly votes: number;
  readonly isOverdue: boolean;
}

const EVALUATION: Text = {
  en: 'The rules are evaluated by themselves; you need do nothing.',
  zh: '系统将自动按规则计算，您无需操作。',
};

const NOTHING: Text = { en: 'Nothing more happens.', zh: '流程已结束。' };

/** Says where an application is and what happens next. */
export function progressOf(way: OnItsWay): Progress {
  const { application, task } = way;
  const { state } = application;
  if (state === 'draft') {
    return at('draft', null, {
      now: { en: 'A draft that only you see.', zh: '草稿，仅您可见。' },
      next: { en: 'Submit it to have it decided.', zh: '提交后进入认定流程。' },
    });
  }
  if (state === 'submitted' || state === 'evaluating') return inQueue(state, task);
  if (state === 'appealed' && task) return inQueue('evaluating', task);
  if (state === 'in-review' || state === 'appealed') return at('people', null, withPeople(way));
  return at('done', null, { now: ENDED[state], next: afterEnd(application) });
}

type Words = Pick<Progress, 'now' | 'next'>;

function at(step: Progress['step'], before: number | null, words: Words): Progress {
  return { step, before, ...words };
}

function inQueue(state: 'submitted' | 'evaluating', task: WaitingTask | null): Progress {
  if (task?.hasGivenUp) {
    return at('stopped', null, {
      now: {
        en: 'The evaluation failed several times and stopped.',
        zh: '计算多次失败，已停止。',
      },
      next: {
        en: 'The authority sees it and has it tried again, or sends it back to you with the reason.',
        zh: '主管部门将重新计算，或说明原因后退回给您。',
      },
    });
  }
  if (task && task.attempts > 0) {
    return at('trying-again', task.before, {
      now: { en: 'An attempt at the evaluation failed.', zh: '一次计算未成功。' },
      next: { en: 'It is tried again by itself.', zh: '系统将自动重试。' },
    });
  }
  if (state === 'evaluating' || !task) {
    const now = { en: 'The rules are being evaluated.', zh: '正在按规则计算。' };
    return at('evaluating', task?.before ?? null, { now, next: EVALUATION });
  }
  const more = task.before >= MOST_BEFORE;
  return at('queued', task.before, {
    now: {
      en: `Waiting in the queue; ${task.before}${more ? ' or more' : ''} before it.`,
      zh: `正在排队，前面有 ${task.before}${more ? ' 份以上' : ' 份'}申请。`,
    },
    next: EVALUATION,
  });
}

function withPeople({ application, votes, isOverdue }: OnItsWay): Words {
  const { panelSize, dueOn, state } = application;
  const who =
    state === 'appealed'
      ? { en: 'A second panel of the receiving institution', zh: '接收机构的另一评审组' }
      : { en: 'The receiving institution', zh: '接收机构' };
  const voted =
    panelSize === 1
      ? { en: '', zh: '' }
      : {
          en: `; ${votes} of ${panelSize} people have voted`,
          zh: `，${panelSize} 人中已有 ${votes} 人投票`,
        };
  const late = isOverdue
    ? { en: 'That day has passed; the authority sees it.', zh: '已超过承诺日期，主管部门可见。' }
    : {
        en: 'What it approves is booked at once; otherwise the credit on hold is yours again.',
        zh: '同意后立即入账；否则占用的学分恢复可用。',
      };
  const until = dueOn ?? '-';
  return {
    now: { en: `${who.en} is reviewing${voted.en}.`, zh: `${who.zh}正在审核${voted.zh}。` },
    next: {
      en: `A decision is promised by ${until}. ${late.en}`,
      zh: `承诺在 ${until} 前作出决定。${late.zh}`,
    },
  };
}

const ENDED: Record<
  Exclude<Application['state'], 'draft' | 'submitted' | 'evaluating' | 'in-review' | 'appealed'>,
  Text
> = {
  approved: { en: 'Approved; it is being booked.', zh: '已同意，正在入账。' },
  booked: { en: 'Converted and booked.', zh: '已转换入账。' },
  rejected: { en: 'The receiving institution said no.', zh: '接收机构未同意。' },
  returned: { en: 'Sent back without a decision.', zh: '未作决定，已退回。' },
  withdrawn: { en: 'Withdrawn.', zh: '已撤回。' },
  refused: { en: 'Under the rules nothing can be converted.', zh: '按规则没有可转换的学分。' },
  revoked: {
    en: 'Reversed, because an outcome behind it was taken back.',
    zh: '所依据的成果已被撤销，本次转换已冲正。',
  },
};

function afterEnd({ state, appealUntil }: OnItsWay['application']): Text {
  if (state === 'rejected' && appealUntil !== null) {
    return {
      en: `You can appeal to a second panel until ${appealUntil}.`,
      zh: `您可在 ${appealUntil} 前（含当日）申诉，由另一评审组复审。`,
    };
  }
  if (state === 'returned') {
    return { en: 'Mend what its note says and apply again.', zh: '请按说明补充后重新申请。' };
  }
  if (state === 'refused') {
    return {
      en: 'See what is missing in the decision; apply again when you have it.',
      zh: '请查看决定中缺少的内容，具备后可重新申请。',
    };
  }
  return NOTHING;
}
