/** A school takes back what a conversion rests on: first what falls with it, then the act itself. */
export async function schoolTakesBack(scene) {
  const { world } = scene;
  scene.step('a registrar sees what would fall');
  const { learner, id } = await world.recordOf('learner.zhou');
  const person = await scene.person({
    as: 'registrar.qingshan',
    path: `/registrar/records/${learner}/${id}`,
  });
  await person.page.locator('[aria-labelledby=revocation] input').fill('成绩登记有误');
  await press(person, '先看影响');
  await person.sees('[aria-labelledby=revocation] .lines li');

  scene.step('takes it back, or proposes it to a second person');
  await person.page.locator('[aria-labelledby=revocation] .button.grave').first().click();
  await person.page.locator('dialog[open] .button.grave').click();
  await person.sees('[role=alert] a, .tag', /待复核|已撤销/);
}

/** A second person does not agree: the proposal says so, with the reason. */
export async function secondPersonRefuses(scene) {
  const issuer = await scene.world.as('issuer.anlan');
  const { items } = await issuer.get('/v1/proposals?open=true');
  const { id } = items.find(({ kind }) => kind === 'outcome-revocation');
  scene.step('a colleague looks at the proposal');
  const colleague = await scene.person({ as: 'issuer.anlan', path: `/proposals/${id}` });
  await colleague.sees('h2', '现在执行会怎样');

  scene.step('refuses it');
  await press(colleague, '驳回');
  await colleague.page.locator('dialog[open] textarea').fill('证据不足，请补充原始考勤记录。');
  await press(colleague, '驳回', 'dialog[open]');
  await colleague.sees('.tag', '已驳回');
  await colleague.sees('dd', '证据不足');
}

/** An approver sends a draft back; its author reads why. */
export async function approverSendsBack(scene) {
  const { world } = scene;
  const author = await world.as('rules.author');
  const id = await world.draft();
  await author.post(`/v1/rules/drafts/${id}/submission`);
  scene.step('the author waits');
  const waits = await scene.person({ as: 'rules.author', path: `/rulebook/drafts/${id}` });
  await waits.sees('.tag', '待审批');

  scene.step('an approver sends the draft back');
  const approver = await scene.person({ as: 'rules.approver', path: `/rulebook/drafts/${id}` });
  await press(approver, '退回');
  await approver.page.locator('dialog[open] textarea').fill('请说明依据。');
  await press(approver, '退回', 'dialog[open]');
  await waits.sees('.note-title', '审批人退回了草稿');
}

/** A registrar answers a learner, and replaces the key of a system. */
export async function registrarAnswersAndRenews(scene) {
  const { world } = scene;
  const school = await world.as('registrar.qingshan');
  const { items } = await school.get('/v1/learner-queries?limit=100');
  const { id } = items.find(({ state }) => state === 'asked');
  scene.step('answers a question');
  const person = await scene.person({
    as: 'registrar.qingshan',
    path: `/registrar/queries/${id}`,
  });
  await person.page.locator('.choice').nth(1).click();
  await person.page.locator('textarea').fill('已核对原始成绩册，与登记一致。');
  await press(person, '发送答复');
  await person.sees('.tag', '已答复');

  scene.step('replaces a key');
  const other = await scene.person({ as: 'registrar.yuncheng', path: '/registrar/keys' });
  await press(other, '更换');
  await press(other, '更换', 'dialog[open]');
  await other.sees('.note-title', '密钥已生成');
}

/** A mass revocation takes two people, and then moves by itself. */
export async function massRevocationIsProposed(scene) {
  scene.step('the authority sees what it would reach');
  const person = await scene.person({ as: 'authority', path: '/authority/revocations' });
  await person.page.locator('select[name=institution]').selectOption('yuanhang-assessment');
  await person.page.locator('input[name=reason]').fill('该机构评价资质被撤销');
  await press(person, '先看影响');
  await person.sees('h3', '会带动什么');

  scene.step('proposes it to a second person');
  await press(person, '提请复核');
  await press(person, '提请复核', 'dialog[open]');
  await person.sees('.note-title', '已提请复核');
}

async function press(person, name, within = 'main') {
  const buttons = person.page.locator(within).getByRole('button', { name, exact: true });
  await buttons.locator('visible=true').first().click();
}
