import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { Field } from '../parts/field';
import { textOf } from '../parts/form';
import { Icon, type IconName } from '../parts/icon';
import { Page } from '../parts/page';
import { codeOf } from '../parts/verification/digits';
import { HomeFigures } from './home-figures';

const DOORS = [
  { to: '/registrar', name: 'school', icon: 'up', aside: { to: '/join', name: 'join' } },
  {
    to: '/admissions',
    name: 'admissions',
    icon: 'check',
    aside: { to: '/catalogue', name: 'catalogue' },
  },
  { to: '/authority', name: 'authority', icon: 'file', aside: { to: '/report', name: 'report' } },
] as const satisfies {
  to: string;
  name: string;
  icon: IconName;
  aside: { to: string; name: string };
}[];

/** The front door: what the bank is, a proof verified right here, one way in for each group. */
export function Home() {
  const { t } = useTranslation();
  return (
    <Page title={t('home.title')} lead={<p>{t('home.lead')}</p>}>
      <div className="stack">
        <div className="columns">
          <section className="card stack" aria-labelledby="learner">
            <div>
              <h2 id="learner">{t('home.learner.title')}</h2>
              <p>{t('home.learner.text')}</p>
            </div>
            <p>
              <Link to="/account" className="button main">
                <Icon name="person" />
                {t('home.learner.action')}
              </Link>
            </p>
            <p className="small">
              <Link to="/claim">{t('home.learner.claim')}</Link>
            </p>
          </section>
          <Verify />
        </div>
        <div className="columns">
          {DOORS.map(({ to, name, icon, aside }) => (
            <section key={to} className="card stack" aria-labelledby={name}>
              <div>
                <h2 id={name}>{t(`home.${name}.title`)}</h2>
                <p>{t(`home.${name}.text`)}</p>
              </div>
              <p>
                <Link to={to} className="button">
                  <Icon name={icon} />
                  {t(`home.${name}.action`)}
                </Link>
              </p>
              <p className="small">
                <Link to={aside.to}>{t(`foot.${aside.name}`)}</Link>
              </p>
            </section>
          ))}
        </div>
        <HomeFigures />
      </div>
    </Page>
  );
}

const DIGITS = 12;

/** The code that most people hold; anything else is verified a page further. */
function Verify() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [fault, setFault] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const code = codeOf(textOf(new FormData(event.currentTarget), 'code'));
    if (code?.length === DIGITS) void navigate(`/verify/${code}`);
    else setFault(t('home.verify.fault'));
  };
  return (
    <section className="card stack" aria-labelledby="verify">
      <div>
        <h2 id="verify">{t('home.verify.title')}</h2>
        <p>{t('home.verify.text')}</p>
      </div>
      <form onSubmit={submit} noValidate>
        <Field label={t('home.verify.code')} fault={fault}>
          {(control) => (
            <input
              {...control}
              name="code"
              className="code-entry"
              inputMode="numeric"
              autoComplete="off"
              spellCheck={false}
              maxLength={30}
              required
            />
          )}
        </Field>
        <button type="submit" className="button main">
          <Icon name="search" />
          {t('home.verify.action')}
        </button>
      </form>
      <p className="small">
        <Link to="/verify">{t('home.verify.other')}</Link>
      </p>
    </section>
  );
}
