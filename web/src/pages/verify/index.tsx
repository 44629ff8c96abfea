import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Page } from '../../parts/page';
import { VerificationAnswer } from '../../parts/verification/answer';
import { VerifyBox } from '../../parts/verification/box';
import { useDocument } from '../../parts/verification/use-document';
import { CodeResult } from './code-result';

/** Check what a learner handed over: the code or link of a proof, a file, or a text. */
export function Verify() {
  const { t } = useTranslation('verify');
  const { code } = useParams();
  return (
    <Page title={t(code ? 'resultTitle' : 'title')} lead={<p className="no-print">{t('lead')}</p>}>
      <div className="stack">
        {code ? <CodeResult key={code} code={code} /> : <Start />}
        <HowTo />
      </div>
    </Page>
  );
}

/** The answer stands under what asked for it, where the focus is brought to it. */
function Start() {
  const { t } = useTranslation('verify');
  const check = useDocument();
  const navigate = useNavigate();
  return (
    <>
      <VerifyBox
        title={t('box.title')}
        check={check}
        onCode={(digits) => void navigate(`/verify/${digits}`)}
      />
      <VerificationAnswer check={check} />
    </>
  );
}

function HowTo() {
  const { t } = useTranslation('verify');
  return (
    <section className="card no-print" aria-labelledby="how">
      <h2 id="how">{t('how.title')}</h2>
      <ol>
        <li>{t('how.address', { host: window.location.host })}</li>
        <li>{t('how.code')}</li>
        <li>{t('how.person')}</li>
        <li>{t('how.fresh')}</li>
      </ol>
    </section>
  );
}
