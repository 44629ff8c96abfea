import { useTranslation } from 'react-i18next';
import type { OpenedInstitution } from '../../../api/authority-types';
import { CopyButton } from '../../../parts/copy-button';
import { Note } from '../../../parts/note';
import { useFormat } from '../../../parts/use-format';

/** The code for the first manager of a fresh institution; nobody can show it again. */
export function IssuedInvitation({ opened }: { opened: OpenedInstitution }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const { institution, invitation } = opened;
  return (
    <Note tone="good" urgent title={t('invitation.title', { name: format.text(institution.name) })}>
      <p>{t('invitation.text', { until: format.moment(invitation.expiresAt) })}</p>
      <p className="code">{invitation.code}</p>
      <CopyButton text={invitation.code} label={t('invitation.copy')} />
    </Note>
  );
}
