/** People look again by themselves after that long at the most. */
const NEWS_MS = 15_000;

/** A rejection arrives by itself; the learner appeals and sees who decides now. */
export async function appealIsMade(scene) {
  const { world } = scene;
  scene.step('an application is rejected');
  const id = await world.freshApplication('learner.zhou', 'LOGISTICS-3Y');
  const reviewer = await world.as('registrar.polytechnic');
  await reviewer.post(`/v1/applications/${id}/review`, { verdict: 'reject', note: '课程内容不足' });
  const learner = await scene.person({
    as: 'learner.zhou',
    path: `/account/applications/${id}`,
  });
  const { keyboard } = learner;
  await learner.sees('[role=status]', '未同意');
  await learner.markPage();

  scene.step('appeals');
  await keyboard.activate('申诉');
  await keyboard.fill('为什么认为决定有误', '课程内容一致，附教学大纲，请复核。');
  await keyboard.activate('提交申诉');
  await learner.sees('[role=status]', '申诉复审中', NEWS_MS);

  scene.step('is told of the panel and its day');
  await learner.sees('main', '另一评审组正在复审');
  await learner.mustBeSamePage();
}
