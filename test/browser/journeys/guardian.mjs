import { must } from '../lib/scene.mjs';

/** A guardian opens the child's record, makes a proof there and goes back; the child's log says so. */
export async function guardianActs(scene) {
  const id = await scene.world.guardianship();
  const guardian = await scene.person({ as: 'learner.ma', path: '/account/data' });
  const { keyboard } = guardian;

  scene.step('opens the record of the child');
  await guardian.sees('h2', '我是监护人');
  await keyboard.activate('替孩子办理');
  await guardian.sees('.acting', '周小北');
  await guardian.sees('h1', '学分总览');
  await guardian.sees('.figure');
  must(guardian.page.url().includes(`/account/for/${id}`), 'it is another page');

  scene.step('makes a proof for the child');
  await keyboard.activate('分享证明');
  await guardian.sees('h1', '分享证明');
  await keyboard.fill('用途', '报名夏令营');
  await keyboard.activate('生成验证码');
  await guardian.sees('.big-code');
  await guardian.sees('.acting', '周小北');
  await guardian.visitor.settle();

  scene.step('goes back to the own record');
  await keyboard.activate('回到我自己的记录');
  await guardian.sees('h2', '我是监护人');
  must((await guardian.page.locator('.acting').count()) === 0, 'the banner stays');

  scene.step('the child finds it in the log');
  const child = await scene.person({ as: 'learner.zhou', path: '/account/looks' });
  await child.sees('tbody tr', '监护人');
}
