import { residentId } from '../lib/world.mjs';

/** A clerk serves somebody who comes with a document, hands over a slip, and finds it in the list. */
export async function clerkServes(scene) {
  const clerk = await scene.person({ as: 'clerk.senior', path: '/counter' });
  const { keyboard } = clerk;
  const name = '夏秀英';

  scene.step('begins with the document and the agreement');
  await keyboard.fill('姓名', name);
  await keyboard.fill('证件号码', residentId(process.pid));
  await keyboard.tabTo('生成成绩证明和验证码');
  await keyboard.press('Space');
  await keyboard.fill('签字单存放处', '3 号窗口，2026-11 册，第 21 页');
  await keyboard.activate('开始服务');
  await clerk.sees('.acting', name);
  await clerk.sees('.figure');

  scene.step('makes a code for the person');
  await keyboard.activate('分享证明');
  await clerk.sees('h1', '分享证明');
  await keyboard.fill('用途', '社区登记');
  await keyboard.activate('生成验证码');
  await clerk.sees('.big-code');

  scene.step('ends the session');
  await keyboard.activate('办完了，结束服务');
  await clerk.sees('h1', '窗口服务');

  scene.step('finds the person in the list of the day');
  await keyboard.activate('办理名单');
  await clerk.sees('h1', '窗口办理名单');
  await clerk.sees('tbody tr', name);
  await clerk.sees('tbody tr', '生成验证码');
}
