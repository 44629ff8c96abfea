import { must } from '../lib/scene.mjs';

/** Verifies a code line by line, asks whether it counts for a programme, then sends a list. */
export async function admissionsVerifies(scene) {
  const { world } = scene;
  const code = await world.shareCode();
  const officer = await scene.person();
  const { keyboard } = officer;

  scene.step('signs in');
  await officer.signIn('admissions.polytechnic');
  await officer.sees('h1', '招生核验');

  scene.step('verifies a code, line by line');
  await keyboard.fill('验证码、链接或凭证', code);
  await keyboard.press('Enter');
  await officer.sees('.note-title', '证明有效');
  const lines = await officer.page.locator('.check-line').count();
  must(lines >= 6, `${lines} lines are shown`);

  scene.step('asks whether it counts');
  await keyboard.activate('看能认定多少学分');
  await officer.sees('h1', '核对一人');
  await keyboard.pick('认定到哪个专业', '现代物流');
  await keyboard.activate('核对');
  await officer.sees('.note', /^匹配/);

  scene.step('sends a list');
  await keyboard.activate('核对名单');
  await officer.sees('h1', '核对名单');
  await keyboard.pick('认定到哪个专业', '社区健康');
  const list = Buffer.from(`验证码\n${code}\n000000000000\n`);
  await officer.chooseFile('选择名单', { name: '名单.csv', mimeType: 'text/csv', buffer: list });
  await officer.sees('h1', '名单.csv');
  await officer.sees('[role=status]', '已完成');
  const path = await officer.download('下载结果（XLSX）');
  must(path, 'the result is not downloaded');
}
