#!/usr/bin/env node
// What people come for, in a real browser: five journeys with the keyboard alone, news that arrive
// without loading a page again, and the content security policy.
//
//   npm run test:journeys [-- --only WORD --json FILE --base URL --demo FILE]
import { parseArgs } from 'node:util';
import { BANK_OPTIONS, openBank } from './lib/bank.mjs';
import { openChromium } from './lib/chromium.mjs';
import { Scene } from './lib/scene.mjs';
import { Tally } from '../../.ci/tally.mjs';
import { World } from './lib/world.mjs';
import { admissionsVerifies } from './journeys/admissions.mjs';
import { authorPublishes } from './journeys/author.mjs';
import {
  approverSendsBack,
  massRevocationIsProposed,
  registrarAnswersAndRenews,
  schoolTakesBack,
  secondPersonRefuses,
} from './journeys/desks.mjs';
import { learnerConvertsAndShares } from './journeys/learner.mjs';
import { registrarFixesAndCommits } from './journeys/registrar.mjs';
import { listensToThePage, seniorPrints } from './journeys/senior.mjs';
import { appealIsMade } from './journeys/appeal.mjs';
import { cameraReads } from './journeys/camera.mjs';
import { clerkServes } from './journeys/counter.mjs';
import { guardianActs } from './journeys/guardian.mjs';
import {
  correctionsArrive,
  decisionsArrive,
  endsArrive,
  importsArrive,
  revocationsArrive,
} from './journeys/news.mjs';
import { pathwayIsPublishedAndJoined } from './journeys/pathways.mjs';
import { passkeySignsIn } from './journeys/passkey.mjs';
import { policyHolds } from './journeys/policy.mjs';
import { proofIsChangedAndEnded } from './journeys/shares.mjs';

const JOURNEYS = {
  'keyboard: a learner converts and shares': learnerConvertsAndShares,
  'keyboard: a registrar uploads, fixes and commits': registrarFixesAndCommits,
  'keyboard: an admissions office verifies a code and a list': admissionsVerifies,
  'keyboard: an author changes, tries and publishes a rule with a second person': authorPublishes,
  'keyboard: a senior prints a transcript': seniorPrints,
  'keyboard: a senior has the page read out': listensToThePage,
  'keyboard: a learner extends, locks and ends a proof': proofIsChangedAndEnded,
  'keyboard: a passkey signs in': passkeySignsIn,
  'keyboard: a slip is held before the camera': cameraReads,
  'keyboard: a guardian acts for a child': guardianActs,
  'keyboard: a clerk serves somebody': clerkServes,
  'keyboard: an appeal is made': appealIsMade,
  'keyboard: a pathway is published and joined': pathwayIsPublishedAndJoined,
  'news: an import moves by itself': importsArrive,
  'news: a decision arrives by itself': decisionsArrive,
  'news: a revocation arrives by itself': revocationsArrive,
  'news: a correction arrives by itself': correctionsArrive,
  'news: the end of a proof arrives by itself': endsArrive,
  'desk: a registrar answers a learner and replaces a key': registrarAnswersAndRenews,
  'desk: a second person refuses a proposal': secondPersonRefuses,
  'desk: an approver sends a draft back': approverSendsBack,
  'desk: a school takes an outcome back, cascade first': schoolTakesBack,
  'desk: a mass revocation is proposed': massRevocationIsProposed,
  'policy: no script or style from elsewhere': policyHolds,
};

const { values } = parseArgs({
  options: { ...BANK_OPTIONS, only: { type: 'string', default: '' }, json: { type: 'string' } },
});
const tally = new Tally('npm run test:journeys');
const bank = await openBank(values);
const browser = await openChromium();

try {
  const world = new World(bank);
  for (const [name, journey] of Object.entries(JOURNEYS)) {
    if (!name.includes(values.only)) continue;
    const scene = new Scene({ browser, bank, world });
    await tally.check(name, () => scene.play(journey));
  }
} finally {
  await browser.close();
  await bank.close();
}
tally.finish(values.json);
