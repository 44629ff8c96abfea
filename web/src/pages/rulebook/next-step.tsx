import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type RuleCheck, type RuleDraft, draftsApi } from '../../api/drafts';
import { ConfirmButton } from '../../parts/confirm-button';
import { DialogButton } from '../../parts/dialog-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Note, ProblemNote } from '../../parts/note';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { useKeptFocus } from '../../parts/use-kept-focus';
import { bankToday, later } from './day';
import { turnOf } from './turn';

const MAX_NOTE = 300;

/** Whose turn it is, why the reader may not, and the buttons of who may. */
export function NextStep(props: { draft: RuleDraft; check: RuleCheck | undefined }) {
  const place = useKeptFocus(props.draft.state);
  return (
    <div ref={place} tabIndex={-1} className="stack">
      <Step {...props} />
    </div>
  );
}

function Step({ draft, check }: { draft: RuleDraft; check: RuleCheck | undefined }) {
  const { t } = useTranslation('rulebook');
  const { roles } = useSignedIn();
  const turn = turnOf(draft.state, draft.isAuthor, roles);
  const rejection = draft.history.findLast(({ action }) => action === 'reject');
  if (turn.step === 'none') return <Published draft={draft} />;
  return (
    <>
      {draft.state === 'rejected' && rejection && (
        <Note tone="bad" title={t('next.rejected')}>
          <p>{rejection.note}</p>
        </Note>
      )}
      <Note
        tone={turn.obstacle === null ? 'brand' : 'wait'}
        title={turn.obstacle === null ? t(`next.${turn.step}`) : t(`next.others.${turn.step}`)}
      >
        <p>
          {turn.obstacle === null ? t(`next.how.${turn.step}`) : t(`next.why.${turn.obstacle}`)}
        </p>
      </Note>
      {turn.obstacle === null && turn.step === 'write' && <Write draft={draft} check={check} />}
      {turn.obstacle === null && turn.step === 'approve' && <Decide draft={draft} />}
      {turn.obstacle === null && turn.step === 'publish' && <Publish draft={draft} />}
    </>
  );
}

/** A step of the draft; what the service answers is what the page shows next. */
function useStep<Wish>(step: (wish: Wish) => Promise<RuleDraft>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: step,
    onSuccess: (draft) => queries.setQueryData(['drafts', draft.id], draft),
    onSettled: () => queries.invalidateQueries({ queryKey: ['drafts'] }),
  });
}

function Write({ draft, check }: { draft: RuleDraft; check: RuleCheck | undefined }) {
  const { t } = useTranslation('rulebook');
  const submit = useStep(() => draftsApi.submit(draft.id));
  return (
    <>
      {submit.isError && <ProblemNote error={submit.error} />}
      <div className="row">
        {draft.state === 'draft' && (
          <ConfirmButton
            label={t('submit.label')}
            title={t('submit.title')}
            question={<p>{t('submit.question')}</p>}
            confirmLabel={t('submit.confirm')}
            disabled={submit.isPending || check?.isPublishable === false}
            onConfirm={() => submit.mutate(undefined)}
          />
        )}
        <Link to={`/rulebook/drafts/${draft.id}/text`} className="button">
          {t('draft.edit')}
        </Link>
      </div>
      {check?.isPublishable === false && <p className="soft">{t('submit.first')}</p>}
    </>
  );
}

function Decide({ draft }: { draft: RuleDraft }) {
  const { t } = useTranslation('rulebook');
  const approve = useStep(() => draftsApi.approve(draft.id, { hash: draft.hash }));
  return (
    <>
      {approve.isError && <ProblemNote error={approve.error} />}
      <div className="row">
        <ConfirmButton
          label={t('approve.label')}
          title={t('approve.title')}
          question={<p>{t('approve.question')}</p>}
          confirmLabel={t('approve.confirm')}
          disabled={approve.isPending}
          onConfirm={() => approve.mutate(undefined)}
        />
        <Reject draft={draft} />
      </div>
    </>
  );
}

/** Sends the draft back with a reason that its author reads. */
function Reject({ draft }: { draft: RuleDraft }) {
  const { t } = useTranslation(['rulebook', 'common']);
  const reject = useStep((reason: string) => draftsApi.reject(draft.id, reason));
  return (
    <DialogButton label={t('reject.label')} title={t('reject.title')} tone="grave">
      {(close) => (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const reason = textOf(new FormData(event.currentTarget), 'reason').trim();
            reject.mutate(reason, { onSuccess: close });
          }}
        >
          {reject.isError && <ProblemNote error={reject.error} />}
          <Field label={t('reject.reason')} hint={t('reject.hint')}>
            {(control) => <textarea {...control} name="reason" required maxLength={MAX_NOTE} />}
          </Field>
          <div className="row">
            <button type="submit" className="button grave" disabled={reject.isPending}>
              {t('reject.confirm')}
            </button>
            <button type="button" className="button" onClick={close}>
              {t('common:cancel')}
            </button>
          </div>
        </form>
      )}
    </DialogButton>
  );
}

function Publish({ draft }: { draft: RuleDraft }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const queries = useQueryClient();
  const first = later(draft.inForceFrom, bankToday());
  const [from, setFrom] = useState(first);
  const publish = useStep(async () => (await draftsApi.publish(draft.id, from)).draft);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    publish.mutate(undefined, {
      onSuccess: () => void queries.invalidateQueries({ queryKey: ['rules'] }),
    });
  };
  return (
    <form onSubmit={submit}>
      {publish.isError && <ProblemNote error={publish.error} />}
      <Field label={t('publish.from')} hint={t('publish.hint')}>
        {(control) => (
          <input
            {...control}
            type="date"
            required
            min={first}
            {...(draft.inForceTo !== null && { max: draft.inForceTo })}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        )}
      </Field>
      <div className="row">
        <button type="submit" className="button main" disabled={publish.isPending}>
          {from ? t('publish.label', { from: format.date(from) }) : t('publish.choose')}
        </button>
        <Reject draft={draft} />
      </div>
    </form>
  );
}

function Published({ draft }: { draft: RuleDraft }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const publication = draft.history.findLast(({ action }) => action === 'publish');
  const from = publication?.effectiveOn ?? draft.inForceFrom;
  return (
    <Note tone="good" title={t('published.title', { from: format.date(from) })}>
      <p>
        <Link to={`/rulebook/rules/${encodeURIComponent(draft.rule)}?version=${draft.version}`}>
          {t('published.open')}
        </Link>
      </p>
    </Note>
  );
}
