import { must } from '../lib/scene.mjs';

const ROWS = 3_000;
/** People look again by themselves after that long at the most. */
const NEWS_MS = 15_000;

/** Two windows of one school: what one sends, the other sees come and move. */
export async function importsArrive(scene) {
  const { world } = scene;
  scene.step('a colleague looks at the list of files');
  const colleague = await scene.person({ as: 'registrar.qingshan', path: '/registrar/imports' });
  await colleague.sees('.drop');
  await colleague.markPage();

  scene.step('a file is sent elsewhere');
  const fileName = `大名单-${Date.now()}.csv`;
  const rows = Array.from({ length: ROWS }, (_, i) => world.row(1_000 + i));
  const { id } = await world.import(fileName, rows);
  await colleague.sees('tbody th', fileName, NEWS_MS);
  await colleague.mustBeSamePage();

  scene.step('its page shows the commit of somebody else as it goes');
  const watcher = await scene.person({
    as: 'registrar.qingshan',
    path: `/registrar/imports/${id}`,
  });
  await watcher.sees('button.main', /入账/);
  await watcher.markPage();
  const school = await world.as('registrar.qingshan');
  await school.post(`/v1/imports/${id}/commit`);
  await watcher.sees('.note-title', /入账/, 60_000);
  await watcher.mustBeSamePage();
}

/** A reviewer decides; the learner, who looks at the application, sees it. */
export async function decisionsArrive(scene) {
  const { world } = scene;
  scene.step('a learner waits');
  const id = await world.freshApplication('learner.ma', 'LOGISTICS-3Y');
  const learner = await scene.person({ as: 'learner.ma', path: `/account/applications/${id}` });
  await learner.sees('[role=status]', '审核中');
  await learner.markPage();

  scene.step('the school decides');
  const reviewer = await world.as('registrar.polytechnic');
  await reviewer.post(`/v1/applications/${id}/review`, {
    verdict: 'return',
    note: '请补充最近一年的社保证明',
  });
  await learner.sees('[role=status]', '已退回', NEWS_MS);
  await learner.mustBeSamePage();
}

/** A school takes an outcome back; the learner, who looks at the account, sees it. */
export async function revocationsArrive(scene) {
  const { world } = scene;
  scene.step('a learner looks at the account');
  const learner = await scene.person({ as: 'learner.zhou', path: '/account' });
  await learner.sees('.figure');
  await learner.markPage();
  const before = await (await learner.sees('.figure')).textContent();

  scene.step('the school takes an outcome back');
  await world.revokeOne('learner.zhou');
  await learner.page
    .waitForFunction((old) => document.querySelector('.figure')?.textContent !== old, before, {
      timeout: NEWS_MS,
    })
    .catch(() => {
      throw new Error(`the figure stays ${before}`);
    });
  await learner.mustBeSamePage();
  must((await learner.visitor.complaints()).length === 0, 'the page complains');
}

/** A school enters an outcome rightly and takes the wrong one back; the learner sees both come. */
export async function correctionsArrive(scene) {
  const { world } = scene;
  scene.step('a learner looks at the account');
  const learner = await scene.person({ as: 'learner.he', path: '/account' });
  await learner.sees('.figure');
  await learner.markPage();
  const { wrong, school } = await world.correctable('learner.he');
  const link = (id) => `a[href="/account/credits/${id}"]`;
  await learner.sees(link(wrong.id));

  scene.step('the school enters it rightly');
  const { outcome: right } = await school.post('/v1/completions', {
    externalId: `${wrong.externalId}-更正`,
    learner: { id: wrong.learnerId },
    outcome: wrong.code,
    completedOn: wrong.completedOn,
    ...(wrong.grade && { grade: wrong.grade }),
    ...(wrong.attendancePercent && { attendancePercent: '100' }),
    ...(wrong.hours && { hours: wrong.hours }),
  });
  await learner.sees(link(right.id), undefined, NEWS_MS);

  scene.step('the school takes the wrong one back');
  await school.post(`/v1/outcomes/${wrong.id}/revocation`, { reason: '出勤率登记有误，已更正' });
  const row = learner.page.locator('tbody tr', { has: learner.page.locator(link(wrong.id)) });
  await row
    .getByText('已撤销')
    .waitFor({ timeout: NEWS_MS })
    .catch(() => {
      throw new Error('the wrong one stays as it was');
    });
  await learner.mustBeSamePage();
}

/** A learner ends a proof; whoever has it open sees that. */
export async function endsArrive(scene) {
  const learner = await scene.world.as('learner.tang');
  const share = await learner.post('/v1/shares', { purpose: '给单位看', days: 7 });

  scene.step('an employer looks at a proof');
  const path = `/verify/${share.code.replaceAll(' ', '')}`;
  const employer = await scene.person({ path, expects: [404] });
  await employer.sees('.note-title', '证明有效');
  await employer.markPage();

  scene.step('the learner ends it');
  await learner.send('DELETE', `/v1/shares/${share.id}`);
  await employer.sees('.note-title', '这份证明已经失效', 45_000);
  await employer.mustBeSamePage();
}
