/**
 * Every page that people can come to. README.md says what the members mean.
 */
const TWO = ['zh', 'en'];
/** Learners and those who check a proof may read Thai. */
const THREE = ['zh', 'en', 'th'];

const pageOf =
  ({ as, languages, face }) =>
  (at, shows, more = {}) => ({ at, as, shows, languages, face, ...more });

const open = pageOf({ languages: THREE, face: 'light' });
const learner = pageOf({ as: 'learner.he', languages: THREE, face: 'light' });
const staff = (as) => pageOf({ as, languages: TWO, face: 'console' });
const anyone = pageOf({ languages: TWO, face: 'console' });
const registrar = staff('registrar.qingshan');
const clerk = staff('clerk.senior');
const authority = staff('authority');
const author = staff('rules.author');
const admissions = staff('admissions.polytechnic');
const reviewer = staff('registrar.polytechnic');

/** Takes a programme where the page asks for one. */
async function chooseProgramme(page) {
  await page.locator('.choice:has(input[value=HEALTH-OU])').click();
  await page.locator('form:has(.choice) .button.main').click();
}

/** A class as it is copied from a spreadsheet: one that fits and two that do not. */
function classList(world) {
  const [, name, , number] = world.row(61).split(',');
  return [`${name}\t${number}`, '王小丽\t5.00199E+17', '李明'].join('\n');
}

const PUBLIC = [
  open('/', ['.columns .card:nth-child(3) .button', 'input.code-entry']),
  open('/sign-in', ['input[name=password]']),
  open('/no-such-page', ['main a'], { stands: '*' }),
  open('/verify', ['textarea[name=text]']),
  open('/verify/:code', ['.check-line', 'table tbody tr'], {
    title: 'a proof that stands',
    fill: (world) => world.shareCode(),
  }),
  open('/verify/:code', ['input[name=pin]'], {
    title: 'a proof with a PIN',
    fill: (world) => world.shareCodeWithPin(),
    expects: [403],
  }),
  open('/verify/:code', ['.note.tone-bad'], {
    title: 'no proof',
    fill: () => '000000000000',
    expects: [404],
  }),
  anyone('/catalogue', ['input[type=search], input', 'table tbody tr, .lines li']),
  anyone('/catalogue/rules', ['table tbody tr, .lines li']),
  anyone('/catalogue/rules/:id', ['main .card'], { fill: () => 'district/logistics-3y' }),
  anyone('/catalogue/admission', ['.lines li']),
  anyone('/catalogue/admission/:code', ['main .card', 'table tbody tr'], {
    fill: () => 'SF-2027-CULTURE-SKILL',
  }),
  anyone('/catalogue/pathways', ['.lines li']),
  anyone('/catalogue/pathways/:id', ['main .card', 'table tbody tr'], {
    fill: (world) => world.firstOf('/v1/pathways'),
  }),
  anyone('/catalogue/:code', ['main .card'], { fill: (world) => world.course() }),
  anyone('/report', ['main .card']),
  anyone('/report/indicators/:id', ['table tbody tr'], { fill: () => 'skilled-workers' }),
  anyone('/report/reports/:id', ['table tbody tr', '.note, #changes'], {
    fill: (world) => world.firstOf('/v1/reports'),
  }),
  anyone('/report/reports/:id/comparison/:other', ['table tbody tr'], {
    fill: (world) => world.twoReports(),
  }),
  anyone('/log', ['main .card']),
  anyone('/join', ['form']),
  anyone('/invitation', []),
  open('/claim', ['form', 'input']),
];

const LEARNER = [
  learner('/account', ['.figure', 'table tbody tr, .lines li']),
  learner('/account/statement', ['.facts', 'table tbody tr']),
  learner('/account/credits/:id', ['main .card', 'dl'], {
    fill: (world) => world.outcome('learner.he'),
  }),
  learner('/account/credits/:id', ['#circumstances'], {
    title: 'with what the school stated',
    fill: (world) => world.statedOutcome(),
  }),
  learner('/account/pathway', ['main .card', '.lines li'], { as: 'learner.lyu' }),
  learner('/account/goal', ['main .card', '.choice, select, table tbody tr']),
  learner('/account/goal', ['main .card', 'table tbody tr'], {
    title: 'a goal that was chosen',
    does: chooseProgramme,
  }),
  learner('/account/convert', ['[aria-labelledby=preview] .card'], {
    does: chooseProgramme,
  }),
  learner('/account/applications', ['table tbody tr'], { as: 'learner.tang' }),
  learner('/account/applications/:id', ['.steps', '[aria-labelledby=decision] .card'], {
    as: 'learner.tang',
    fill: (world) => world.application('learner.tang', ['booked']),
  }),
  learner('/account/admission', ['.lines li'], { as: 'learner.liu' }),
  learner('/account/admission/:code', ['.note', 'table tbody tr', 'main .button'], {
    as: 'learner.liu',
    fill: () => 'SF-2027-BACHELOR',
  }),
  learner('/account/transcript', ['main .card', 'main .button']),
  learner('/account/sharing', ['input[name=purpose]', '.lines li'], {
    fill: (world) => world.shareCode(),
  }),
  learner('/account/sharing/:id', ['.big-code', 'main .card'], {
    fill: (world) => world.share(),
  }),
  learner('/account/questions', ['main .card']),
  learner('/account/questions/:id', ['main .card'], {
    fill: (world) => world.firstOf('/v1/learner-queries', 'learner.he'),
  }),
  learner('/account/looks', ['table tbody tr'], { fill: (world) => world.checkedList() }),
  learner('/account/data', ['main .card', 'main .button']),
  learner('/account/for/:id', ['.figure'], {
    as: 'learner.ma',
    fill: (world) => world.guardianship(),
  }),
  learner('/account', ['.note'], {
    title: 'a page of other people',
    as: 'admissions.polytechnic',
    languages: TWO,
  }),
];

const CONSOLES = [
  clerk('/counter', ['input[name=name]', 'form .button.main']),
  clerk('/counter/sessions', ['table tbody tr'], { fill: (world) => world.serving() }),
  clerk('/counter/sessions', ['input[type=date]'], {
    title: 'for a manager',
    as: 'manager.polytechnic',
  }),
  clerk('/counter/claim-codes', ['input[name=name]', 'form .button.main']),
  clerk('/counter/guardians', ['form .button.main']),
  clerk('/counter/outreach', ['form .button.main', 'table tbody tr'], { as: 'clerk.qinghe' }),
  clerk('/counter/serving/:id', ['.figure'], { fill: (world) => world.serving() }),
  registrar('/registrar/imports', ['.drop', 'table tbody tr'], {
    fill: (world) => world.committedImport(),
  }),
  registrar('/registrar/imports/:id', ['.button.main', 'table tbody tr'], {
    title: 'a dry run with rows at fault',
    fill: (world) => world.checkedImport(),
  }),
  registrar('/registrar/imports/:id', ['.note.tone-good'], {
    title: 'posted',
    fill: (world) => world.committedImport(),
  }),
  registrar('/registrar/imports/:id', ['.note.tone-bad'], {
    title: 'a file that cannot be read',
    fill: (world) => world.failedImport(),
  }),
  registrar('/registrar/pathways', ['main .card', 'table tbody tr'], {
    as: 'registrar.xingyang',
  }),
  registrar('/registrar/pathways/:id/enrol', ['form', 'textarea', '.facts'], {
    as: 'registrar.xingyang',
    fill: (world) => world.firstOf('/v1/pathways'),
  }),
  registrar('/registrar/pathways/:id/enrol', ['.note.tone-wait li', '[role=status]'], {
    title: 'a list with lines to mend',
    as: 'registrar.xingyang',
    fill: (world) => world.firstOf('/v1/pathways'),
    does: (page, world) => page.locator('textarea').fill(classList(world)),
  }),
  registrar('/registrar/pathways/:id/learners/:enrolment', ['main .button', 'table tbody tr'], {
    as: 'registrar.polytechnic',
    fill: (world) => world.enrolment(),
  }),
  registrar('/registrar/records', ['main .card']),
  registrar('/registrar/records/new', ['form']),
  registrar('/registrar/records/:learner', ['table tbody tr, .lines li'], {
    fill: async (world) => (await world.recordOf('learner.zhou')).learner,
  }),
  registrar('/registrar/records/:learner/:id', ['main .card'], {
    fill: async (world) => Object.values(await world.recordOf('learner.zhou')),
  }),
  registrar('/registrar/outreach', ['main .card', 'table tbody tr'], { as: 'registrar.qinghe' }),
  registrar('/registrar/workload', ['main .card', 'form'], { as: 'registrar.community' }),
  registrar('/registrar/queries', ['main .card']),
  registrar('/registrar/queries/:id', ['main .card'], {
    fill: (world) => world.firstOf('/v1/learner-queries', 'registrar.qingshan'),
  }),
  registrar('/registrar/keys', ['main .card']),
  registrar('/registrar/conditions', ['main .card']),
  registrar('/registrar/members', ['main .card'], { as: 'manager.polytechnic' }),
  registrar('/registrar/webhooks', ['main .card']),
  registrar('/registrar/webhooks/:id', ['main .card'], {
    fill: (world) => world.firstOf('/v1/webhooks', 'registrar.qingshan'),
  }),
  registrar('/registrar/office', ['main .card']),
  admissions('/admissions', ['textarea[name=text]']),
  admissions('/admissions', ['.note.tone-wait', 'textarea[name=text]'], {
    title: 'with applications that wait',
    as: 'admissions.jiangan',
  }),
  admissions('/admissions', ['.check-line', '.note-title'], {
    title: 'a code that was verified',
    does: async (page, world) => {
      await page.locator('textarea').fill(await world.shareCode());
      await page.locator('form .button.main').click();
    },
  }),
  admissions('/admissions/person', ['form', 'input[name=code]']),
  admissions('/admissions/person', ['main section:nth-of-type(2)', 'table tbody tr'], {
    title: 'an answer',
    does: async (page, world) => {
      await page.locator('input[name=code]').fill(await world.shareCode());
      await page.locator('select').last().selectOption('HEALTH-OU');
      await page.locator('form .button.main').click();
    },
  }),
  admissions('/admissions/lists', ['.drop', 'table tbody tr'], {
    fill: (world) => world.checkedList(),
  }),
  admissions('/admissions/lists/:id', ['.facts', '.button.main'], {
    fill: (world) => world.checkedList(),
  }),
  admissions('/admissions/queries', ['table tbody tr'], { fill: (world) => world.schoolQuery() }),
  admissions('/admissions/queries/:id', ['.facts', '.lines, ol, table'], {
    fill: (world) => world.schoolQuery(),
  }),
  admissions('/admissions/schemes', ['.lines li']),
  admissions('/admissions/schemes/:code', ['table tbody tr'], { fill: () => 'SF-2027-COLLEGE' }),
  admissions('/admissions/candidates/:id', ['.facts', 'table tbody tr', 'main .button'], {
    fill: (world) =>
      world.firstOf('/v1/admission-schemes/SF-2027-COLLEGE/candidacies', 'admissions.polytechnic'),
  }),
  admissions('/admissions/offline', ['main .code, main pre']),
  reviewer('/review', ['table tbody tr']),
  reviewer('/review', ['table tbody tr'], { as: 'admissions.jiangan' }),
  reviewer('/review/:id', ['form', '.card'], {
    fill: (world) => world.application('registrar.polytechnic', ['in-review']),
  }),
  author('/rulebook', ['table tbody tr, .lines li']),
  author('/rulebook/rules/:id', ['main .card', 'table tbody tr, .lines li'], {
    fill: () => 'district/logistics-3y',
    // It was never proposed to end, and there was nothing before it to look at again.
    expects: [404],
  }),
  author('/rulebook/drafts', ['table tbody tr'], { fill: (world) => world.draft() }),
  author('/rulebook/drafts/new', ['form', '.lines li']),
  author('/rulebook/drafts/:id', ['main .button.main', 'main .card:nth-child(3)'], {
    fill: (world) => world.draft(),
  }),
  author('/rulebook/drafts/:id/text', ['main details', 'main .button.main'], {
    fill: (world) => world.draft(),
  }),
  author('/rulebook/drafts/:id/text', ['main textarea'], {
    title: 'as text',
    fill: (world) => world.draft(),
    does: (page) => page.locator('.choice').nth(1).click(),
  }),
  author('/rulebook/simulations/:id', ['main .card'], {
    fill: (world) => world.simulation(),
  }),
  authority('/authority', ['main .card'], { expects: [404] }),
  authority('/authority/institutions', ['table tbody tr']),
  authority('/authority/institutions/new', ['form']),
  authority('/authority/institutions/:id', ['main .card'], {
    fill: (world) => world.firstOf('/v1/institutions'),
  }),
  authority('/authority/requests', ['.page-head ~ *']),
  authority('/authority/agreements', ['table tbody tr']),
  authority('/authority/agreements/new', ['form']),
  authority('/authority/agreements/:id', ['main .card'], {
    fill: (world) => world.firstOf('/v1/agreements'),
  }),
  authority('/authority/overdue', ['.page-head ~ *']),
  authority('/authority/overdue/:institution', ['.page-head ~ *'], {
    // It has kept every promised day.
    fill: () => 'anlan-training',
  }),
  authority('/authority/revocations', ['form', 'table tbody tr'], {
    fill: (world) => world.revocationOrder(),
  }),
  authority('/authority/revocations', ['[role=status] .facts', '.button.grave'], {
    title: 'what it would reach',
    does: async (page) => {
      await page.locator('select[name=institution]').selectOption('yuanhang-assessment');
      await page.locator('input[name=reason]').fill('该机构评价资质被撤销');
      await page.locator('form .button.main').click();
    },
  }),
  authority('/authority/revocations/:id', ['.facts', 'main .card:nth-child(2)'], {
    fill: (world) => world.revocationOrder(),
  }),
  authority('/authority/indicators', ['main .card']),
  authority('/authority/indicators/:id', ['table tbody tr'], { fill: () => 'skilled-workers' }),
  authority('/authority/reports', ['main .card']),
  authority('/authority/conditions', ['main .card table tbody tr']),
  authority('/authority/schemes', ['.lines li']),
  authority('/authority/schemes/:code', ['table tbody tr', 'form'], {
    fill: () => 'SF-2027-BACHELOR',
  }),
  authority('/authority/schemes/new', ['form', 'fieldset']),
  authority(
    '/authority/schemes/new',
    ['#review', 'table tbody tr', '[aria-labelledby=review] .button.main'],
    {
      title: 'looked through',
      does: async (page) => {
        await page.locator('main select').first().selectOption('SF-2027-CULTURE-SKILL');
        await page.locator('input[name=opens]').fill('2027-11-01');
        await page.locator('form .button.main').click();
      },
    },
  ),
  authority('/authority/pathways', ['main .card', 'table tbody tr']),
  authority('/authority/pathways/new', ['form input[name=places]']),
  authority('/authority/pathways/new', ['#reading', '#changes', 'textarea[name=reason]'], {
    title: 'what it says',
    does: async (page) => {
      await page.locator('input[name=places]').fill('50');
      await page.locator('form .button.main').click();
    },
  }),
  authority('/authority/pathways/new', ['.note.tone-bad', 'textarea[name=document]'], {
    title: 'a document that is none',
    does: async (page) => {
      await page.locator('.tabs .button').nth(1).click();
      await page.locator('textarea').fill('kind: staged-pathway');
      await page.locator('form .button.main').click();
    },
    expects: [422],
  }),
  authority('/authority/workload', ['main .card', 'table tbody tr']),
  authority('/authority/workload', ['.facts', 'main .card:nth-of-type(3) table tbody tr'], {
    title: 'of an institution',
    does: (page) => page.locator('main select').first().selectOption('yuncheng-community'),
  }),
  // No witness has cosigned yet.
  authority('/authority/books', ['main .card'], { expects: [404] }),
  authority('/authority/operations', ['main .card']),
  authority('/authority/operations', ['main .card'], { as: 'operator' }),
  authority('/authority/events', ['table tbody tr, .lines li']),
  authority('/authority/quotas', ['main .card']),
  // Nobody has said yet what the notices of these years say.
  authority('/authority/holidays', ['main .card'], { expects: [404] }),
  authority('/authority/holidays/:year', ['main .card'], {
    fill: () => '2027',
    expects: [404],
  }),
  authority('/proposals', ['main .card']),
  authority('/proposals/:id', ['.facts'], { fill: (world) => world.firstOf('/v1/proposals') }),
  authority('/proposals/:id', ['#preview', '#changes', 'main .button.main'], {
    title: 'a pathway, for the second person',
    as: 'authority.2',
    fill: (world) => world.pathwayProposal(),
  }),
  // What is shown of one that is not there.
  authority('/proposals/:id', ['.note.tone-bad'], {
    title: 'no such proposal',
    fill: () => '01a2e7c0-5b7e-7123-8000-000000000003',
    expects: [404],
  }),
  registrar('/settings', []),
];

export const PAGES = [...PUBLIC, ...LEARNER, ...CONSOLES];
