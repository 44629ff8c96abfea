import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon';
import { useInstitutionNames } from '../records';
import { useAccount } from '../session';
import { useFormat } from '../use-format';

/** What a reader does with an answer: print it, ask once more, go on. */
export function AnswerTools(props: {
  isBusy?: boolean;
  onAgain?: (() => void) | undefined;
  children?: ReactNode;
}) {
  const { t } = useTranslation('verify');
  return (
    <div className="row no-print">
      {props.onAgain && (
        <button type="button" className="button" disabled={props.isBusy} onClick={props.onAgain}>
          <Icon name="again" />
          {t('again')}
        </button>
      )}
      <button type="button" className="button" onClick={() => window.print()}>
        <Icon name="print" />
        {t('print')}
      </button>
      {props.children}
    </div>
  );
}

/** On paper an answer says by whom and when it was asked for. */
export function CheckedBy({ at, code }: { at: string; code?: string | undefined }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  const account = useAccount();
  return (
    <div className="print-only">
      {code && <p>{t('printed.code', { code: inGroups(code) })}</p>}
      <p>{t('printed.at', { at: format.moment(at), address: window.location.origin })}</p>
      {account?.institutionId && (
        <OfficeLine person={account.name} institutionId={account.institutionId} />
      )}
    </div>
  );
}

function OfficeLine({ person, institutionId }: { person: string; institutionId: string }) {
  const { t } = useTranslation('verify');
  const format = useFormat();
  const name = useInstitutionNames().get(institutionId);
  return <p>{t('printed.by', { office: name ? format.text(name) : '', person })}</p>;
}

export function inGroups(code: string): string {
  return code.replace(/(\d{4})(?=\d)/g, '$1 ');
}
