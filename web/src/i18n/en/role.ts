import type { Translation } from '../shape';
import type { role as zh } from '../zh/role';

export const role: Translation<typeof zh> = {
  learner: 'Learner',
  registrar: 'Registrar',
  issuer: 'Certificates',
  admissions: 'Admissions',
  clerk: 'Counter clerk',
  'rule-author': 'Rule author',
  approver: 'Rule approver',
  manager: 'Manager',
  authority: 'Authority',
  operator: 'Operator',
};
