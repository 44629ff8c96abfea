import type { Principal } from '../platform/auth/index.js';
import { canRead, isRequester, isParty } from './access.js';
import type { Application } from './application.js';

const APPLICATION: Application = {
  id: 'a',
  learnerId: 'learner',
  programme: 'P',
  institutionId: 'college',
  state: 'in-review',
  on: '2026-11-23',
  graduates: null,
  requestedBy: 'key of the school',
  requestingInstitution: 'school',
  wrappedKey: Buffer.alloc(0),
  panelSize: 1,
  dueOn: null,
  appealUntil: null,
  createdAt: new Date(0),
  changedAt: new Date(0),
};

/** account, roles, institution, learner → read, withdraw, is a party */
const TABLE = `
someone             learner     -        learner   yes  yes  yes
someone             learner     -        other     no   no   no
someone             admissions  college  -         yes  no   no
someone             registrar   college  -         yes  no   no
someone             issuer      college  -         no   no   no
someone             registrar   school   -         yes  yes  yes
someone             admissions  school   -         yes  no   yes
someone             admissions  college  learner   yes  yes  yes
key-of-the-school   admissions  college  -         yes  no   yes
someone             admissions  another  -         no   no   no
someone             authority   -        -         no   no   no
`;

describe('who may know of a draft', () => {
  const draft: Application = { ...APPLICATION, state: 'draft' };
  const staffOf = (institutionId: string): Principal => ({
    id: 'someone',
    name: 'someone',
    roles: ['registrar'],
    institutionId,
    learnerId: null,
  });

  it('not the institution that will decide, only who asks', () => {
    expect(canRead(staffOf('college'), draft)).toBe(false);
    expect(canRead(staffOf('school'), draft)).toBe(true);
    expect(canRead({ ...staffOf('x'), institutionId: null, learnerId: 'learner' }, draft)).toBe(
      true,
    );
  });
});

describe('who may do what with an application that a school asked for', () => {
  it.each(TABLE.trim().split('\n'))('%s', (line) => {
    const [id = '', role = '', institution, learner, ...expected] = line.trim().split(/\s+/);
    const principal: Principal = {
      id: id.replaceAll('-', ' '),
      name: id,
      roles: [role as Principal['roles'][number]],
      institutionId: institution === '-' ? null : (institution ?? null),
      learnerId: learner === '-' ? null : (learner ?? null),
    };
    const answers = [canRead, isRequester, isParty].map((may) => may(principal, APPLICATION));
    expect(answers.map((may) => (may ? 'yes' : 'no'))).toEqual(expected);
  });
});
