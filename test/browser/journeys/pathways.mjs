import { must } from '../lib/scene.mjs';

/**
 * The authority adds an intake to a pathway, a second person reads what it says and agrees, and the
 * school enrols one learner and then a list.
 */
export async function pathwayIsPublishedAndJoined(scene) {
  const { world } = scene;
  const [, name, , number] = world.row(71).split(',');

  scene.step('the authority looks at what one more intake would say');
  const author = await scene.person({ as: 'authority', path: '/authority/pathways' });
  await author.keyboard.activate('发布方案');
  await author.sees('h1', '发布贯通培养方案');
  await author.sees('form input[name=places]');
  await author.keyboard.fill('名额', '50');
  await author.keyboard.activate('预览方案内容');
  await author.sees('[aria-labelledby=changes] li', '2027 级：新增，50 个名额');

  scene.step('proposes it');
  await author.keyboard.fill('理由', '2027 级招生计划');
  await author.keyboard.activate('提请复核');
  await author.sees('.note-title', '已提请复核');

  scene.step('a second person reads it and agrees');
  const second = await scene.person({ as: 'authority.2', path: '/proposals' });
  await second.keyboard.activate('发布贯通培养方案');
  await second.sees('.note-title', '与提请时的文件一致');
  await second.keyboard.activate('同意并执行');
  await second.sees('dialog[open]');
  await second.keyboard.activate('同意并执行');
  await second.sees('.tag', '已同意并执行');

  scene.step('the school enrols a learner');
  const school = await scene.person({ as: 'registrar.xingyang', path: '/registrar/pathways' });
  const { keyboard } = school;
  await keyboard.activate('登记新生');
  await school.sees('h1', '登记新生');
  await school.sees('dt', '2027 级');
  await keyboard.fill('姓名', name);
  await keyboard.fill('证件号码', number);
  await keyboard.activate('登记');
  await school.sees('.note-title', `已登记：${name}，2027 级`);

  scene.step('and a list, in which she stands again');
  const [, other, , otherNumber] = world.row(72).split(',');
  await keyboard.fill('名单', `${name},${number}\n${other},${otherNumber}`);
  await keyboard.activate(/^登记 2 人/);
  await school.sees('dialog[open]');
  await keyboard.activate('登记');
  await school.sees('.note-title', '新登记 1 人，此前已登记 1 人，未登记 0 人');
  must(keyboard.stops > 20, `only ${keyboard.stops} stops were looked at`);
}
