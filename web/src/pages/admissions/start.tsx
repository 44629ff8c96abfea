import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../../parts/icon';
import { Page } from '../../parts/page';
import { VerificationAnswer } from '../../parts/verification/answer';
import { VerifyBox } from '../../parts/verification/box';
import { codeOf } from '../../parts/verification/digits';
import { type DocumentVerification, useDocument } from '../../parts/verification/use-document';
import { WaitingReviews } from '../../parts/waiting-reviews';

/** Where the day of an office begins: somebody stands there with a code or a paper. */
export function StartPage() {
  const { t } = useTranslation('admissions');
  const check = useDocument();
  return (
    <Page title={t('start.title')} lead={<p className="no-print">{t('start.lead')}</p>}>
      <div className="stack">
        <WaitingReviews />
        <div className="no-print">
          <VerifyBox title={t('start.box')} check={check} />
        </div>
        <VerificationAnswer check={check} tools={<OnwardLink check={check} />} />
      </div>
    </Page>
  );
}

/** From "it is true" to "does it count here": the code goes along, so nobody types it again. */
function OnwardLink({ check }: { check: DocumentVerification }) {
  const { t } = useTranslation('admissions');
  const asked = check.variables;
  if (!check.data?.proof || asked?.kind !== 'text') return null;
  const { text, pin } = asked;
  const code = codeOf(text) ?? /\d{12}/.exec(text)?.[0];
  if (code === undefined) return null;
  return (
    <Link className="button" to="/admissions/person" state={{ code, pin }}>
      <Icon name="swap" />
      {t('start.onward')}
    </Link>
  );
}
