import { useTranslation } from 'react-i18next';
import type { StaffRole } from '../../../api/members';

/** Roles that people of a school, an issuer or an admissions office have. */
const ROLES = [
  'registrar',
  'issuer',
  'admissions',
  'clerk',
  'manager',
] as const satisfies readonly StaffRole[];

/** One or more roles; {@link rolesOf} reads them from the form. */
export function RoleFields({ have }: { have: readonly string[] }) {
  const { t } = useTranslation(['systems', 'role']);
  return (
    <fieldset>
      <legend>{t('members.roles')}</legend>
      <div className="choices">
        {ROLES.map((role) => (
          <label key={role} className="choice">
            <input type="checkbox" name={`role-${role}`} defaultChecked={have.includes(role)} />
            <span>{t(`role:${role}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function rolesOf(form: FormData): StaffRole[] {
  return ROLES.filter((role) => form.has(`role-${role}`));
}

/** Roles in words. */
export function useRoleWords(): (roles: readonly (StaffRole | 'learner')[]) => string {
  const { t } = useTranslation(['systems', 'role']);
  return (roles) => roles.map((role) => t(`role:${role}`)).join(t('and'));
}
