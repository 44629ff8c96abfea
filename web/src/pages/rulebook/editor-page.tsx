import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { draftsApi } from '../../api/drafts';
import { publicApi } from '../../api/public';
import { rulesApi } from '../../api/rules';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { bankToday } from './day';
import { Editor } from './editor';
import { nextVersion, template } from './template';

/** A new draft: from a rule that exists, or from a template. */
export function NewDraft() {
  const { t } = useTranslation('rulebook');
  const [params] = useSearchParams();
  const from = params.get('from');
  const [text, setText] = useState<string | null>(null);
  return (
    <Page
      title={t('new.title')}
      lead={
        <p>
          <Link to="/rulebook/drafts">{t('draft.all')}</Link>
        </p>
      }
    >
      {from !== null && <FromRule id={from} />}
      {from === null && text === null && <Beginning onText={setText} />}
      {from === null && text !== null && <Creating initial={text} />}
    </Page>
  );
}

function FromRule({ id }: { id: string }) {
  const newest = useQuery({
    queryKey: ['rules', id, 'newest'],
    queryFn: async () => {
      const [last] = (await rulesApi.versions(id)).items;
      return rulesApi.version(id, String(last?.version ?? 1));
    },
  });
  if (newest.isPending) return <Loading />;
  if (newest.isError) return <ProblemNote error={newest.error} />;
  const { source, version } = newest.data;
  return <Creating initial={nextVersion(source, version + 1)} />;
}

function Creating({ initial }: { initial: string }) {
  const { t } = useTranslation('rulebook');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: draftsApi.create,
    onSuccess: (draft) => {
      queries.setQueryData(['drafts', draft.id], draft);
      return navigate(`/rulebook/drafts/${draft.id}`, { replace: true });
    },
  });
  return (
    <Editor
      initial={initial}
      saveLabel={t('editor.create')}
      isSaving={create.isPending}
      error={create.error}
      onSave={(text) => create.mutate(text)}
    />
  );
}

/** A rule that exists, or the few things that make a template into a text that is right. */
function Beginning({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation('rulebook');
  return (
    <div className="stack">
      <section className="card stack" aria-labelledby="from-rule">
        <div>
          <h2 id="from-rule">{t('new.fromRule')}</h2>
          <p>{t('new.fromRuleText')}</p>
        </div>
        <ExistingRules />
      </section>
      <section className="card" aria-labelledby="from-template">
        <h2 id="from-template">{t('new.fromTemplate')}</h2>
        <p>{t('new.fromTemplateText')}</p>
        <TemplateForm onText={onText} />
      </section>
    </div>
  );
}

function TemplateForm({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation('rulebook');
  const { institutionId } = useSignedIn();
  const institutions = useQuery({ queryKey: ['institutions'], queryFn: publicApi.institutions });
  const own = institutions.data?.find(({ id }) => id === institutionId)?.code ?? '';
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string): string => textOf(form, name).trim();
    onText(
      template({
        id: said('id'),
        programme: said('programme'),
        institution: said('institution'),
        title: { zh: said('zh'), en: said('en') },
        from: bankToday(),
      }),
    );
  };
  return (
    <form onSubmit={submit}>
      <Field label={t('new.zh')}>
        {(control) => <input {...control} name="zh" required maxLength={100} />}
      </Field>
      <Field label={t('new.en')}>
        {(control) => <input {...control} name="en" required maxLength={100} />}
      </Field>
      <Field label={t('new.programme')} hint={t('new.programmeHint')}>
        {(control) => (
          <input
            {...control}
            name="programme"
            required
            maxLength={60}
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
          />
        )}
      </Field>
      <Field label={t('new.id')} hint={t('new.idHint')}>
        {(control) => (
          <input {...control} name="id" required maxLength={100} pattern="[a-z0-9][a-z0-9\/\-]*" />
        )}
      </Field>
      <Field label={t('new.institution')} hint={t('new.institutionHint')}>
        {(control) => (
          <select {...control} name="institution" required key={own} defaultValue={own}>
            <InstitutionOptions />
          </select>
        )}
      </Field>
      <button type="submit" className="button main">
        {t('new.begin')}
      </button>
    </form>
  );
}

function InstitutionOptions() {
  const format = useFormat();
  const { data } = useQuery({ queryKey: ['institutions'], queryFn: publicApi.institutions });
  return (data ?? []).map(({ code, name }) => (
    <option key={code} value={code}>
      {format.text(name)}
    </option>
  ));
}

function ExistingRules() {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const rules = useQuery({ queryKey: ['rules', ''], queryFn: () => rulesApi.rules('') });
  if (rules.isPending) return <Loading />;
  if (rules.isError) return <ProblemNote error={rules.error} />;
  return (
    <ul className="lines">
      {rules.data.map((rule) => (
        <li key={rule.id}>
          <Link to={`/rulebook/drafts/new?from=${encodeURIComponent(rule.id)}`}>
            {t('new.nextOf', { title: format.text(rule.title), version: rule.version + 1 })}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Writing on a draft that is stored. */
export function EditDraft() {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  // Not live: what somebody else stored meanwhile must not change the text under one's hands.
  const draft = useQuery({ queryKey: ['drafts', id], queryFn: () => draftsApi.draft(id) });
  const save = useMutation({
    mutationFn: (text: string) => draftsApi.replace(id, text),
    onSuccess: (stored) => {
      queries.setQueryData(['drafts', id], stored);
      return navigate(`/rulebook/drafts/${id}`);
    },
  });
  const mayWrite = draft.data?.state === 'draft' || draft.data?.state === 'rejected';
  return (
    <Page
      title={
        draft.data ? t('editor.of', { title: format.text(draft.data.title) }) : t('editor.title')
      }
      lead={
        <p>
          <Link to={`/rulebook/drafts/${id}`}>{t('editor.back')}</Link>
        </p>
      }
    >
      {draft.isPending && <Loading />}
      {draft.isError && <ProblemNote error={draft.error} />}
      {draft.data && !mayWrite && <Note tone="wait" title={t('editor.closed')} />}
      {draft.data && mayWrite && (
        <Editor
          initial={draft.data.source}
          saveLabel={t('editor.save')}
          isSaving={save.isPending}
          error={save.error}
          onSave={(text) => save.mutate(text)}
        />
      )}
    </Page>
  );
}
