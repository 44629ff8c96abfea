import type { INestApplicationContext } from '@nestjs/common';
import { millicredits } from '#libs/credit';
import { Catalogue, type NewOutcomeDefinition } from '../../src/catalogue/index.js';
import { type InstitutionKind, Institutions } from '../../src/institutions/index.js';
import type { Role } from '../../src/platform/auth/index.js';
import { Database } from '../../src/platform/database/index.js';
import type { District, House, Offer, Trade } from './district.js';

/** Two keys of an institution: what one sent, the other may commit where it takes two. */
export interface Keys {
  readonly sender: string;
  readonly committer: string;
}

/** Keys of the institutions by their codes, and the authority's. */
export interface Furnished {
  readonly keys: ReadonlyMap<string, Keys>;
  readonly authority: string;
}

const KIND_OF_TRADE: Readonly<Record<Trade, InstitutionKind>> = {
  'secondary-school': 'school',
  college: 'school',
  'open-university': 'open-university',
  'senior-university': 'senior-university',
  'community-college': 'community-college',
  enterprise: 'school',
  issuer: 'issuer',
};
const LEVELS = ['', '一级', '二级', '三级', '四级', '五级'];
const REGION = '模拟区';

/**
 * Opens the district in an empty bank by the classes that open the demonstration: there is no route
 * that makes entries of the catalogue, and one for institutions wants people who sign in.
 */
export async function furnish(
  context: INestApplicationContext,
  district: District,
): Promise<Furnished> {
  const institutions = context.get(Institutions);
  const keys = new Map<string, Keys>();
  const open = (house: Omit<House, 'trade'>, kind: InstitutionKind, role: Role): Promise<Keys> =>
    context.get(Database).transaction(async (tx) => {
      const { id } = await institutions.create(tx, { ...house, kind, region: REGION });
      const issue = async (label: string): Promise<string> =>
        (await institutions.issueKey(tx, { institutionId: id, roles: [role], label })).key;
      return { sender: await issue('simulation 1'), committer: await issue('simulation 2') };
    });
  for (const { trade, ...house } of district.houses) {
    const role = trade === 'issuer' ? 'issuer' : 'registrar';
    keys.set(house.code, await open(house, KIND_OF_TRADE[trade], role));
  }
  await context
    .get(Database)
    .transaction((tx) => context.get(Catalogue).create(tx, district.offers.map(toDefinition)));
  const name = { zh: '模拟区教育委员会', en: 'Simulated education commission' };
  const { sender: authority } = await open({ code: 'SIM-AUTH', name }, 'authority', 'authority');
  return { keys, authority };
}

function toDefinition(offer: Offer): NewOutcomeDefinition {
  const { code, kind, form, owner, title, category, scale, skillLevel } = offer;
  return {
    code,
    kind,
    form,
    institutionCode: owner,
    title,
    categoryCode: category,
    source: sourceOf(offer),
    credits: offer.millicredits === null ? null : millicredits(offer.millicredits),
    minutes: offer.hours === null ? null : BigInt(offer.hours * 60),
    levelScale: skillLevel === null ? null : 'skill-level',
    level: skillLevel === null ? null : (LEVELS[skillLevel] ?? null),
    gradeScale: scale,
    passGrade: scale === null ? null : scale === 'percent' ? '60' : '合格',
    minAttendancePercent: offer.leastAttendance,
    shelfLifeMonths: offer.monthsValid,
    registration: offer.isForMembers ? 'members' : 'owner',
    milestone: offer.milestone as NewOutcomeDefinition['milestone'],
  };
}

function sourceOf({ form }: Offer): NewOutcomeDefinition['source'] {
  if (form === 'course') return 'course';
  return form === 'training' || form === 'lecture' ? 'training' : 'certificate';
}
