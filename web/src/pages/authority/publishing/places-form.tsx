import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Pathway, type PathwayDocument, pathwaysApi } from '../../../api/pathways';
import { trimmedOf } from '../../../parts/form';
import { ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { SelectField, TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import type { DocumentWay } from './document-way';

const MOST_PLACES = 100_000;
const LAST_YEAR = 2200;

/** The next version of a published pathway, with other places or one more intake. */
export function PlacesForm(way: DocumentWay) {
  const { t } = useTranslation('publishing');
  const format = useFormat();
  const [chosen, setChosen] = useState('');
  const pathways = useQuery({ queryKey: ['pathways'], queryFn: pathwaysApi.list });
  if (pathways.isPending) return <Loading />;
  if (pathways.isError) return <ProblemNote error={pathways.error} />;
  const { items } = pathways.data;
  const [first] = items;
  const pathway = items.find(({ id }) => id === chosen) ?? first;
  if (!pathway) return <p>{t('places.none')}</p>;
  return (
    <>
      <p className="soft">{t('places.lead')}</p>
      <SelectField
        label={t('places.pathway')}
        options={items.map(({ id, title, version }) => [
          id,
          t('places.option', { title: format.text(title), version }),
        ])}
        value={pathway.id}
        onChange={(id) => {
          setChosen(id);
          way.onEdit();
        }}
      />
      <Intakes key={pathway.id} pathway={pathway} {...way} />
    </>
  );
}

function Intakes({ pathway, onRead, onEdit, isBusy }: DocumentWay & { pathway: Pathway }) {
  const { t } = useTranslation('publishing');
  const document = useQuery({
    queryKey: ['pathways', pathway.id, 'as-published'],
    queryFn: () => pathwaysApi.document(pathway.id),
  });
  if (document.isPending) return <Loading />;
  if (document.isError) return <ProblemNote error={document.error} />;
  const next = Math.max(...pathway.intakes.map(({ year }) => year)) + 1;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onRead(nextVersion(document.data, new FormData(event.currentTarget)));
  };
  return (
    <form onSubmit={submit} onChange={onEdit}>
      <fieldset>
        <legend>{t('places.intakes')}</legend>
        <div className="columns fields">
          {pathway.intakes.map(({ year, places, left }) => (
            <TextField
              key={year}
              name={`places-${year}`}
              label={t('places.of', { year })}
              hint={t('places.taken', { count: places - left })}
              type="number"
              required
              min={Math.max(1, places - left)}
              max={MOST_PLACES}
              defaultValue={places}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{t('places.more')}</legend>
        <div className="columns fields">
          <TextField
            name="year"
            label={t('places.year')}
            type="number"
            min={next}
            max={LAST_YEAR}
            defaultValue={next}
          />
          <TextField
            name="places"
            label={t('places.places')}
            hint={t('places.placesHint')}
            type="number"
            min={1}
            max={MOST_PLACES}
          />
        </div>
      </fieldset>
      <button type="submit" className="button main" disabled={isBusy}>
        {t('read')}
      </button>
    </form>
  );
}

/** The document with the places that were typed, as the version after its own. */
function nextVersion(document: PathwayDocument, form: FormData): string {
  const intakes = document.intakes.map(({ year }) => ({
    year,
    places: Number(trimmedOf(form, `places-${year}`)),
  }));
  const places = trimmedOf(form, 'places');
  if (places !== '') {
    intakes.push({ year: Number(trimmedOf(form, 'year')), places: Number(places) });
  }
  return JSON.stringify({ ...document, version: document.version + 1, intakes });
}
