import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import {
  type NewRevocationOrder,
  type OrderPreview,
  isProposed,
  revocationsApi,
} from '../../../api/revocations';
import { ActForm, filled } from '../../../parts/act-form';
import { ActProblem } from '../../../parts/act-problem';
import { ConfirmButton } from '../../../parts/confirm-button';
import { Field } from '../../../parts/field';
import { textOf } from '../../../parts/form';
import { Note } from '../../../parts/note';
import { useCodedNames, useInstitutions } from '../../../parts/records';
import { SecondPerson } from '../../../parts/second-person';
import { TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { keyOf, renew } from '../queries';
import { Proposed } from './proposed';
import { Reach, useDays } from './words';

interface Seen {
  readonly wanted: NewRevocationOrder;
  readonly preview: OrderPreview;
}

/** Says what is to be taken back, sees what falls with it, and orders or proposes it. */
export function NewOrder() {
  const { t } = useTranslation('revocations');
  const [seen, setSeen] = useState<Seen | null>(null);
  const [proposal, setProposal] = useState<{ id: string; expiresAt: string } | null>(null);
  const ask = async (form: FormData): Promise<Seen> => {
    const wanted = {
      institution: textOf(form, 'institution'),
      reason: textOf(form, 'reason').trim(),
      ...filled(form, ['from', 'to', 'outcome']),
    };
    return { wanted, preview: await revocationsApi.preview(wanted) };
  };
  return (
    <section className="card stack" aria-labelledby="new-order">
      <h2 id="new-order">{t('new.title')}</h2>
      {proposal && <Proposed proposal={proposal} />}
      {!seen && (
        <ActForm label={t('new.preview')} act={ask} onDone={setSeen}>
          <Wanted />
        </ActForm>
      )}
      {seen && (
        <Preview
          {...seen}
          onCancel={() => setSeen(null)}
          onProposed={(made) => {
            setSeen(null);
            setProposal(made);
          }}
        />
      )}
    </section>
  );
}

function Wanted() {
  const { t } = useTranslation('revocations');
  const format = useFormat();
  const institutions = useInstitutions();
  return (
    <>
      <Field label={t('new.institution')}>
        {(control) => (
          <select {...control} name="institution" required defaultValue="">
            <option value="">{t('new.choose')}</option>
            {institutions.data?.map(({ code, name }) => (
              <option key={code} value={code}>
                {format.text(name)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="columns">
        <TextField label={t('new.from')} hint={t('new.fromHint')} name="from" type="date" />
        <TextField label={t('new.to')} hint={t('new.toHint')} name="to" type="date" />
      </div>
      <TextField
        label={t('new.outcome')}
        hint={t('new.outcomeHint')}
        name="outcome"
        maxLength={60}
      />
      <TextField
        label={t('new.reason')}
        hint={t('new.reasonHint')}
        name="reason"
        maxLength={300}
        required
      />
    </>
  );
}

function Preview(
  props: Seen & {
    onCancel: () => void;
    onProposed: (made: { id: string; expiresAt: string }) => void;
  },
) {
  const { wanted, preview } = props;
  const { t } = useTranslation('revocations');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const institutionName = useCodedNames();
  const days = useDays();
  const isAlone = preview.needsSecondPerson.length === 0;
  const order = useMutation({
    mutationFn: () => revocationsApi.order({ ...wanted, digest: preview.digest }),
    onSuccess: async (made) => {
      await renew(queries);
      if (isProposed(made)) return props.onProposed(made);
      queries.setQueryData(keyOf('revocation', made.id), made);
      await navigate(`/authority/revocations/${made.id}`);
    },
  });
  const label = t(isAlone ? 'new.order' : 'new.propose');
  return (
    <div className="stack" role="status">
      <div>
        <h3>{t('effects.title')}</h3>
        <p>
          {t('effects.of', {
            institution: institutionName(wanted.institution),
            days: days(wanted),
          })}
        </p>
      </div>
      <Reach counts={preview} />
      <Remarks preview={preview} />
      <SecondPerson reasons={preview.needsSecondPerson} />
      {order.isError && <ActProblem error={order.error} />}
      <div className="row">
        {preview.items > 0 && (
          <ConfirmButton
            tone="grave"
            label={label}
            title={t('new.sure')}
            question={<p>{t(isAlone ? 'new.question' : 'new.proposeQuestion')}</p>}
            confirmLabel={label}
            disabled={order.isPending}
            onConfirm={() => order.mutate()}
          />
        )}
        <button type="button" className="button" onClick={props.onCancel}>
          {t('new.cancel')}
        </button>
      </div>
    </div>
  );
}

function Remarks({ preview }: { preview: OrderPreview }) {
  const { t } = useTranslation('revocations');
  const { items, undecided, learners, learnersSurveyed } = preview;
  return (
    <>
      {items === 0 && <Note tone="quiet" title={t('effects.nothing')} />}
      {undecided > 0 && <p>{t('effects.undecided', { count: undecided })}</p>}
      {learnersSurveyed < learners && <p>{t('effects.part', { count: learnersSurveyed })}</p>}
    </>
  );
}
