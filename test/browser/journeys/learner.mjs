import { must } from '../lib/scene.mjs';

/** Signs in, chooses a programme, reads the preview, applies, then makes a code and has it checked. */
export async function learnerConvertsAndShares(scene) {
  const learner = await scene.person();
  const { keyboard } = learner;

  scene.step('signs in');
  await learner.signIn('learner.ma');
  await learner.sees('.figure');

  scene.step('sees what would be recognised');
  await keyboard.activate('转换学分');
  await learner.sees('h1', '转换学分');
  await learner.sees('.choice');
  await keyboard.choose(/现代物流管理/);
  await keyboard.activate('看看能转多少');
  await learner.sees('h2', '试算结果');
  await learner.sees('button', '申请转换');

  scene.step('applies');
  await keyboard.activate('申请转换');
  await learner.sees('h1', '转换申请');
  await learner.sees('[role=status]', /审核中|已入账/);

  scene.step('makes a code');
  await keyboard.activate('分享证明');
  await learner.sees('h1', '分享证明');
  await keyboard.fill('用途', '应聘叉车司机');
  await keyboard.pick('有效期', '7 天');
  await keyboard.activate('生成验证码');
  const code = (await (await learner.sees('.big-code')).textContent()).replaceAll(/\s/g, '');
  must(/^\d{12}$/.test(code), `the code is ${code}`);

  scene.step('an employer checks it');
  const employer = await scene.person({ path: '/verify' });
  await employer.keyboard.fill('验证码、链接或凭证', code);
  await employer.keyboard.press('Enter');
  await employer.sees('.note-title', '证明有效');
  await employer.sees('dd', '应聘叉车司机');
}
