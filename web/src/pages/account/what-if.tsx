import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { planningApi } from '../../api/planning';
import type { OutcomeDefinition } from '../../api/types';
import { Field } from '../../parts/field';
import { isZero } from '../../parts/format';
import { Icon } from '../../parts/icon';
import { Note, ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { useRecordVersion } from './own-records';
import { useClient, useOwn } from './record';

const LASTING_MS = 10 * 60_000;
const MOST = 8;

/** Choose courses that are not completed yet and see what they would change. */
export function WhatIf({ programme }: { programme: string }) {
  const { t } = useTranslation('learner');
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="card stack no-print" aria-labelledby="what-if">
      <h2 id="what-if">{t('whatIf.title')}</h2>
      <p>{t('whatIf.text')}</p>
      {isOpen ? (
        <Imagining programme={programme} />
      ) : (
        <p>
          <button type="button" className="button" onClick={() => setOpen(true)}>
            {t('whatIf.begin')}
          </button>
        </p>
      )}
    </section>
  );
}

function Imagining({ programme }: { programme: string }) {
  const client = useClient();
  const catalogue = useQuery({
    queryKey: ['catalogue', 'all'],
    queryFn: () => planningApi.catalogue(client),
    staleTime: LASTING_MS,
  });
  const [chosen, setChosen] = useState<readonly OutcomeDefinition[]>([]);
  if (catalogue.isPending) return <Loading />;
  if (catalogue.isError) return <ProblemNote error={catalogue.error} />;
  const add = (one: OutcomeDefinition): void => setChosen([...chosen, one]);
  return (
    <>
      {chosen.length < MOST && <Search offered={catalogue.data} chosen={chosen} onAdd={add} />}
      {chosen.length > 0 && (
        <>
          <ChosenList
            chosen={chosen}
            onRemove={(code) => setChosen(chosen.filter((one) => one.code !== code))}
          />
          <Difference programme={programme} codes={chosen.map(({ code }) => code)} />
        </>
      )}
    </>
  );
}

const OFFERED = 6;

/** Finds courses by their name, as one types. */
function Search(props: {
  offered: readonly OutcomeDefinition[];
  chosen: readonly OutcomeDefinition[];
  onAdd: (one: OutcomeDefinition) => void;
}) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const found = props.offered
    .filter((one) => !props.chosen.includes(one))
    .filter(({ title, code, aliases }) =>
      [title.zh, title.en, code, ...aliases].some((name) => name.toLowerCase().includes(wanted)),
    );
  return (
    <>
      <Field label={t('whatIf.search')} hint={t('whatIf.searchHint')}>
        {(control) => (
          <input
            {...control}
            type="search"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            aria-controls={listId}
          />
        )}
      </Field>
      <ul id={listId} className="lines" aria-label={t('whatIf.found')}>
        {found.slice(0, OFFERED).map((one) => (
          <li key={one.code} className="row apart">
            <div>
              {format.text(one.title)}
              <div className="small soft">
                {format.text(one.institution.name)}
                {one.credits !== null && t('whatIf.worth', { credits: format.amount(one.credits) })}
              </div>
            </div>
            <button type="button" className="button" onClick={() => props.onAdd(one)}>
              {t('whatIf.add')}
              <span className="visually-hidden"> {format.text(one.title)}</span>
            </button>
          </li>
        ))}
        {found.length === 0 && <li>{t('whatIf.nothing')}</li>}
      </ul>
    </>
  );
}

function ChosenList(props: {
  chosen: readonly OutcomeDefinition[];
  onRemove: (code: string) => void;
}) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  return (
    <div>
      <h3>{t('whatIf.chosen')}</h3>
      <ul className="lines">
        {props.chosen.map(({ code, title }) => (
          <li key={code} className="row apart">
            {format.text(title)}
            <button type="button" className="button" onClick={() => props.onRemove(code)}>
              <Icon name="cross" />
              {t('whatIf.remove')}
              <span className="visually-hidden"> {format.text(title)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Difference({ programme, codes }: { programme: string; codes: readonly string[] }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const version = useRecordVersion();
  const answer = useOwn(
    ['what-if', programme, codes.join(','), version],
    (client) => planningApi.whatIf(client, programme, codes),
    { still: true },
  );
  if (answer.isPending) return <Loading />;
  if (answer.isError) return <ProblemNote error={answer.error} />;
  const { difference, imagined } = answer.data;
  const titles = new Map(imagined.requirements.map((one) => [one.requirement, one.title]));
  const met = difference.newlyMet.flatMap((name) => titles.get(name) ?? []);
  const isNothing = isZero(difference.credits) && difference.gained.length === 0;
  return (
    <div role="status" className="stack">
      {isNothing ? (
        <Note tone="wait" title={t('whatIf.noChange')} />
      ) : (
        <Note
          tone="good"
          title={t('whatIf.more', {
            more: format.amount(difference.credits),
            sum: format.amount(imagined.credits),
          })}
        >
          <ul>
            {difference.gained.map((grant, index) => (
              <li key={index} lang={format.textLang}>
                {format.text(grant.text)}
              </li>
            ))}
            {met.map((title) => (
              <li key={title.zh}>{t('whatIf.met', { title: format.text(title) })}</li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  );
}
