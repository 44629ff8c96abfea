import { must } from '../lib/scene.mjs';

/** How long a trial on the whole population may take. */
const TRIAL_MS = 90_000;

/** Changes a limit, tries it on real learners, hands it in; a second person agrees and publishes. */
export async function authorPublishes(scene) {
  // A rule that nobody has proposed to end: 404 says so.
  const author = await scene.person({ expects: [404] });
  const { keyboard } = author;

  scene.step('signs in');
  await author.signIn('rules.author');
  await author.sees('h1', '规则管理');

  scene.step('begins the next version of a rule');
  await keyboard.activate(/^现代物流/);
  await author.sees('h1', /现代物流/);
  await keyboard.activate('起草新版本');
  await author.sees('h1', '新建草稿');
  await author.sees('details', '上限');

  scene.step('raises a limit');
  const field = await keyboard.tabTo(/上限|最多/);
  must(field.tag === 'input', `${field.name} is no field`);
  const value = await author.page.evaluate(() => document.activeElement.value);
  await keyboard.type(String(Number(value) + 1));
  await author.sees('[role=status]', /可以提交/);
  await keyboard.activate('保存为草稿');
  await author.sees('h1', /现代物流/);

  scene.step('tries it on real learners');
  await keyboard.activate('开始试运行');
  await author.sees('h1', '试运行结果');
  await author.sees('.tag', '已完成', TRIAL_MS);
  await keyboard.activate(/回到草稿/);
  await author.sees('h2', '试运行');

  scene.step('hands it in');
  await confirm(author, '提交审批', '提交');
  await author.sees('.tag', '待审批');
  const path = new URL(author.page.url()).pathname;

  scene.step('a second person agrees');
  const approver = await scene.person({ expects: [404] });
  await approver.signIn('rules.approver');
  await approver.keyboard.activate('草稿与审批');
  await approver.sees('h1', '草稿与审批');
  await approver.keyboard.activate(/现代物流/);
  await approver.sees('.note-title', '轮到您：审批');
  must(new URL(approver.page.url()).pathname === path, 'another draft waits too');
  await confirm(approver, '同意', '同意');
  await approver.sees('.note-title', /确定生效日期/);

  scene.step('publishes; the author sees it without loading anything again');
  await author.markPage();
  await approver.keyboard.activate(/^发布/);
  await approver.sees('.note-title', /已发布/);
  await author.sees('.note-title', /已发布/);
  await author.mustBeSamePage();
}

/** Presses a button that asks once, and says yes. */
async function confirm(person, name, yes) {
  await person.keyboard.activate(name);
  await person.sees('dialog[open]');
  await person.keyboard.activate(yes);
}
