import { must } from '../lib/scene.mjs';

/** A learner extends a proof, gives it a PIN, takes that away and ends it; who holds it sees each. */
export async function proofIsChangedAndEnded(scene) {
  const api = await scene.world.as('learner.he');
  const { id, code } = await api.post('/v1/shares', { purpose: '报名进修班', days: 7 });
  const digits = code.replaceAll(' ', '');
  const learner = await scene.person({ as: 'learner.he', path: `/account/sharing/${id}` });
  const { keyboard } = learner;
  const until = async () => (await api.get(`/v1/shares/${id}`)).expiresAt;
  const before = await until();

  scene.step('extends it');
  await keyboard.activate('延长有效期');
  await keyboard.pick('从今天起', '90 天');
  await keyboard.activate('保存');
  await learner.sees('button', '设查看密码');
  await learner.visitor.settle();
  must((await until()) > before, 'it does not last longer');

  scene.step('sets a PIN');
  await keyboard.activate('设查看密码');
  await keyboard.fill('新的查看密码', '246810');
  await keyboard.activate('保存');
  await learner.sees('button', '改查看密码');

  scene.step('an employer needs the PIN');
  const employer = await scene.person({ path: `/verify/${digits}`, expects: [403, 404] });
  await employer.sees('input[name=pin]');
  await employer.keyboard.fill('口令（PIN）', '246810');
  await employer.keyboard.press('Enter');
  await employer.sees('.note-title', '证明有效');

  scene.step('takes the PIN away');
  await keyboard.activate('取消查看密码');
  await keyboard.activate('取消查看密码');
  await learner.sees('button', '设查看密码');

  scene.step('ends it');
  await keyboard.activate('立即停用');
  await keyboard.activate('立即停用');
  await learner.sees('.tag', '已停用');
  const late = await scene.person({ path: `/verify/${digits}`, expects: [404] });
  await late.sees('.note-title', '没有可以验证的证明');
}
