import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import {
  type NewCompletion,
  type Outcome,
  type PostedCompletion,
  recordsApi,
} from '../../../api/records';
import type { IdentityKind } from '../../../api/types';
import { ActForm, filled } from '../../../parts/act-form';
import { textOf } from '../../../parts/form';
import { Note } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { IDENTITY_KINDS } from '../../../parts/person-fields';
import { SelectField, TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { OutcomeField } from './outcome-field';
import { useOutcomes } from './records';

const OPTIONAL = [
  'startedOn',
  'grade',
  'level',
  'hours',
  'credits',
  'attendancePercent',
  'note',
] as const;

/** Post one completion by hand: for somebody found, in place of a wrong record, or from the start. */
export function NewRecordPage() {
  const { t } = useTranslation('records');
  const [search] = useSearchParams();
  const learner = search.get('learner');
  const corrects = search.get('corrects');
  const [posted, setPosted] = useState<PostedCompletion | null>(null);
  return (
    <Page
      title={t(corrects === null ? 'new.title' : 'correction.title')}
      lead={<p>{t(corrects === null ? 'new.lead' : 'correction.text')}</p>}
    >
      <div className="stack">
        {posted && (
          <Posted
            posted={posted}
            learner={learner}
            corrects={corrects}
            query={search.get('query')}
          />
        )}
        {!posted && learner !== null && corrects !== null && (
          <Prefilled learner={learner} corrects={corrects} onPosted={setPosted} />
        )}
        {!posted && corrects === null && (
          <Form learner={learner} wrong={undefined} onPosted={setPosted} />
        )}
      </div>
    </Page>
  );
}

function Prefilled(props: {
  learner: string;
  corrects: string;
  onPosted: (posted: PostedCompletion) => void;
}) {
  const outcomes = useOutcomes(props.learner);
  const wrong = outcomes.data?.find(({ id }) => id === props.corrects);
  if (!wrong) return <Loading />;
  return <Form learner={props.learner} wrong={wrong} onPosted={props.onPosted} />;
}

function Form(props: {
  learner: string | null;
  wrong: Outcome | undefined;
  onPosted: (posted: PostedCompletion) => void;
}) {
  const { learner, wrong } = props;
  const { t } = useTranslation('records');
  return (
    <section className="card">
      <ActForm
        label={t('new.action')}
        act={(form) => recordsApi.post(completionOf(form, learner))}
        onDone={props.onPosted}
      >
        {learner === null && <PersonFields />}
        <OutcomeField {...(wrong && { code: wrong.code })} />
        <TextField
          label={t('facts.externalId')}
          hint={t('new.externalIdHint')}
          name="externalId"
          defaultValue={wrong && `${wrong.externalId}-2`}
          maxLength={120}
          required
        />
        <TextField
          label={t('facts.completedOn')}
          hint={t('new.completedHint')}
          name="completedOn"
          defaultValue={wrong?.completedOn}
          pattern="\d{4}(-\d{2}){0,2}"
          required
        />
        <Rest wrong={wrong} />
      </ActForm>
    </section>
  );
}

function PersonFields() {
  const { t } = useTranslation(['records', 'common']);
  return (
    <>
      <TextField label={t('new.name')} hint={t('new.nameHint')} name="name" required />
      <SelectField
        label={t('search.kind')}
        name="kind"
        options={IDENTITY_KINDS.map((kind) => [kind, t(`common:person.kinds.${kind}`)] as const)}
      />
      <TextField label={t('search.number')} name="number" autoComplete="off" required />
    </>
  );
}

function Rest({ wrong }: { wrong: Outcome | undefined }) {
  const { t } = useTranslation('records');
  return (
    <details open={wrong !== undefined}>
      <summary>{t('new.more')}</summary>
      <div className="inside">
        <TextField
          label={t('facts.startedOn')}
          name="startedOn"
          type="date"
          defaultValue={wrong?.startedOn ?? ''}
        />
        <TextField label={t('facts.grade')} name="grade" defaultValue={wrong?.grade ?? ''} />
        <TextField label={t('facts.level')} name="level" defaultValue={wrong?.level ?? ''} />
        <TextField
          label={t('facts.hours')}
          name="hours"
          inputMode="decimal"
          defaultValue={wrong?.hours ?? ''}
        />
        <TextField
          label={t('facts.credits')}
          hint={t('new.creditsHint')}
          name="credits"
          inputMode="decimal"
        />
        <TextField
          label={t('facts.attendance')}
          name="attendancePercent"
          inputMode="decimal"
          defaultValue={wrong?.attendancePercent ?? ''}
        />
        <TextField label={t('facts.note')} name="note" maxLength={200} />
      </div>
    </details>
  );
}

function completionOf(form: FormData, learner: string | null): NewCompletion {
  const text = (name: string): string => textOf(form, name).trim();
  return {
    externalId: text('externalId'),
    learner:
      learner === null
        ? {
            name: text('name'),
            document: { kind: text('kind') as IdentityKind, number: text('number') },
          }
        : { id: learner },
    outcome: text('outcome'),
    completedOn: text('completedOn'),
    ...filled(form, OPTIONAL),
  };
}

/** What it gave, and the way on: to the wrong record, to the question that asked, to the learner. */
function Posted(props: {
  posted: PostedCompletion;
  learner: string | null;
  corrects: string | null;
  query: string | null;
}) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const { outcome, status } = props.posted;
  return (
    <>
      <Note tone="good" title={t(`posted.${status}`)} urgent>
        <p>
          {outcome.credits === null
            ? t('posted.noCredits', { title: format.text(outcome.title) })
            : t('posted.credits', {
                title: format.text(outcome.title),
                credits: format.amount(outcome.credits),
              })}
        </p>
      </Note>
      <p className="row">
        {props.corrects !== null && (
          <Link
            className="button main"
            to={`/registrar/records/${outcome.learnerId}/${props.corrects}`}
          >
            {t('posted.revokeWrong')}
          </Link>
        )}
        {props.query !== null && (
          <Link
            className="button main"
            to={`/registrar/queries/${props.query}?outcome=${outcome.id}`}
          >
            {t('posted.answer')}
          </Link>
        )}
        <Link className="button" to={`/registrar/records/${outcome.learnerId}`}>
          {t('posted.learner')}
        </Link>
      </p>
    </>
  );
}
