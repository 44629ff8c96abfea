import { useTranslation } from 'react-i18next';
import { authorityApi } from '../api/authority';
import type { SignedAgreement } from '../api/authority-types';
import { DialogButton } from './dialog-button';
import { Field } from './field';
import { trimmedOf } from './form';
import { bankDay } from './format';
import { Note } from './note';
import { ReasonForm } from './reason-form';
import { useSignedIn } from './session';

const MOST_NOTE = 500;
const LASTING: readonly SignedAgreement['state'][] = ['in-force', 'not-begun', 'proposed'];

interface Acting {
  readonly agreement: SignedAgreement;
  /** Code of one's own institution; nobody's until it is known. */
  readonly own: string | undefined;
  readonly onDone: () => Promise<void>;
}

/** The own institution's side, for who may act for it. */
function useOwnParty({ agreement, own }: Acting) {
  const { roles } = useSignedIn();
  if (!roles.some((role) => role === 'authority' || role === 'manager')) return undefined;
  return agreement.parties.find(({ institution }) => institution === own);
}

/** What waits for one's own institution: to sign or to refuse. */
export function AgreementAnswer(props: Acting) {
  const party = useOwnParty(props);
  const isWaiting = props.agreement.state === 'proposed' && party?.said === null;
  return isWaiting && <Answer {...props} />;
}

/** Giving notice, for a party of an agreement that lasts. */
export function AgreementEnd(props: Acting) {
  const { agreement } = props;
  const party = useOwnParty(props);
  const isEndable = LASTING.includes(agreement.state) && agreement.endsOn === null;
  return isEndable && party?.said === 'accepted' && <End {...props} />;
}

function Answer({ agreement: { code }, onDone }: Acting) {
  const { t } = useTranslation('authority');
  const acts = [
    { name: 'accept', tone: 'main', act: authorityApi.acceptAgreement },
    { name: 'refuse', tone: 'grave', act: authorityApi.refuseAgreement },
  ] as const;
  return (
    <Note tone="wait" title={t('agreement.yours')}>
      <p>{t('agreement.yoursText')}</p>
      <div className="row no-print">
        {acts.map(({ name, tone, act }) => (
          <DialogButton
            key={name}
            label={t(`agreement.${name}`)}
            title={t(`agreement.${name}Title`)}
            tone={tone}
          >
            {(close) => (
              <ReasonForm
                optional
                label={t('agreement.note')}
                hint={t('agreement.noteHint')}
                submit={t(`agreement.${name}`)}
                tone={tone}
                most={MOST_NOTE}
                close={close}
                act={async (note) => {
                  await act(code, note);
                  await onDone();
                }}
              >
                {name === 'accept' && <p>{t('agreement.acceptText')}</p>}
              </ReasonForm>
            )}
          </DialogButton>
        ))}
      </div>
    </Note>
  );
}

function End({ agreement: { code, to }, onDone }: Acting) {
  const { t } = useTranslation('authority');
  return (
    <div className="no-print">
      <DialogButton label={t('agreement.end')} title={t('agreement.endTitle')} tone="grave">
        {(close) => (
          <ReasonForm
            label={t('reason')}
            hint={t('agreement.endHint')}
            submit={t('agreement.end')}
            tone="grave"
            most={MOST_NOTE}
            close={close}
            act={async (reason, form) => {
              await authorityApi.endAgreement(code, { endsOn: trimmedOf(form, 'endsOn'), reason });
              await onDone();
            }}
          >
            <p>{t('agreement.endLead')}</p>
            <Field label={t('agreement.endsOnLabel')}>
              {(control) => (
                <input
                  {...control}
                  type="date"
                  name="endsOn"
                  required
                  min={bankDay(Date.now())}
                  max={to}
                />
              )}
            </Field>
          </ReasonForm>
        )}
      </DialogButton>
    </div>
  );
}
