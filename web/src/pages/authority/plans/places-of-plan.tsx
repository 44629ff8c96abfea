import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type PlaceCheck, schemesApi } from '../../../api/schemes';
import { QuotaTable, useQuotaCheck } from '../../../parts/admission/quota-table';
import { SCHEMES_KEY } from '../../../parts/admission/scheme-list';
import { DialogButton } from '../../../parts/dialog-button';
import { trimmedOf } from '../../../parts/form';
import { ReasonForm } from '../../../parts/reason-form';
import { TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { MOST_PLACES } from './place-fields';

/** The places of a plan: how many are used, in a sentence and one by one, and how many there are. */
export function PlacesOfPlan({ code, isAuthority }: { code: string; isAuthority: boolean }) {
  const { t } = useTranslation('plans');
  const change = {
    key: 'change',
    head: t('places.change'),
    cell: (check: PlaceCheck) => <Change code={code} check={check} />,
  };
  return (
    <QuotaTable code={code} lead={<Used code={code} />} {...(isAuthority && { act: change })} />
  );
}

/** How the whole plan stands. */
function Used({ code }: { code: string }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const { data } = useQuotaCheck(code);
  if (!data) return null;
  const sum = (of: (check: PlaceCheck) => number): number =>
    data.places.reduce((total, one) => total + of(one), 0);
  const over = data.places.filter(({ verdict }) => verdict === 'over').length;
  return (
    <p>
      {t('places.used', {
        places: format.count(sum(({ place }) => place.places)),
        admitted: format.count(sum(({ admitted }) => admitted)),
        free: format.count(sum(({ free }) => free)),
        eligible: format.count(sum(({ eligible }) => eligible)),
      })}
      <span className="then">
        {over === 0 ? t('places.enough') : t('places.over', { count: over })}
      </span>
    </p>
  );
}

function Change({ code, check: { place, admitted } }: { code: string; check: PlaceCheck }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const queries = useQueryClient();
  const title = t('places.changeOf', {
    major: format.text(place.title),
    school: format.text(place.institution),
  });
  return (
    <DialogButton label={t('places.change')} title={title}>
      {(close) => (
        <ReasonForm
          silent
          label=""
          submit={t('places.save')}
          close={close}
          act={async (_, form) => {
            await schemesApi.setPlaces(code, place.id, Number(trimmedOf(form, 'places')));
            await queries.invalidateQueries({ queryKey: [SCHEMES_KEY] });
          }}
        >
          <TextField
            name="places"
            label={t('places.number')}
            hint={t('places.atLeast', { count: admitted })}
            type="number"
            required
            min={admitted}
            max={MOST_PLACES}
            defaultValue={place.places}
          />
        </ReasonForm>
      )}
    </DialogButton>
  );
}
