import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { pathwaysApi } from '../../../api/pathways';
import { DownloadButton } from '../../../parts/download-button';
import { Field } from '../../../parts/field';
import { FileButton, useFileDrop } from '../../../parts/file-button';
import { textOf } from '../../../parts/form';
import { useFormat } from '../../../parts/use-format';
import type { DocumentWay } from './document-way';

const ACCEPTED = '.yaml,.yml,.json';
/** As the service has it. */
const MOST_CHARACTERS = 200_000;

/** A document from a file; it stands in a field, so that what is wrong can be mended here. */
export function DocumentForm({ onRead, onEdit, isBusy }: DocumentWay) {
  const { t } = useTranslation('publishing');
  const text = useRef<HTMLTextAreaElement>(null);
  const onFile = async (file: File): Promise<void> => {
    const content = await file.text();
    if (text.current) text.current.value = content;
    onEdit();
    onRead(content);
  };
  const drop = useFileDrop((file) => void onFile(file));
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onRead(textOf(new FormData(event.currentTarget), 'document'));
  };
  return (
    <>
      <p className="soft">{t('document.lead')}</p>
      <div {...drop}>
        <p>{t('document.drop')}</p>
        <FileButton
          label={t('document.choose')}
          accept={ACCEPTED}
          tone="plain"
          onFile={(file) => void onFile(file)}
        />
      </div>
      <form onSubmit={submit} onChange={onEdit}>
        <Field label={t('document.text')} hint={t('document.hint')}>
          {(control) => (
            <textarea
              {...control}
              ref={text}
              name="document"
              rows={12}
              maxLength={MOST_CHARACTERS}
              required
              spellCheck={false}
            />
          )}
        </Field>
        <button type="submit" className="button main" disabled={isBusy}>
          {t('read')}
        </button>
      </form>
      <Drafts />
    </>
  );
}

/** Published documents to begin with: nobody writes one from an empty page. */
function Drafts() {
  const { t } = useTranslation('publishing');
  const format = useFormat();
  const { data } = useQuery({ queryKey: ['pathways'], queryFn: pathwaysApi.list });
  if (!data || data.items.length === 0) return null;
  return (
    <details>
      <summary>{t('document.begin')}</summary>
      <div className="stack inside">
        <p>{t('document.beginLead')}</p>
        {data.items.map(({ id, title, version }) => (
          <div key={id}>
            <DownloadButton
              label={t('places.option', { title: format.text(title), version })}
              fileName={`pathway-v${version}.json`}
              load={async () =>
                new Blob([JSON.stringify(await pathwaysApi.document(id), null, 2)], {
                  type: 'application/json',
                })
              }
            />
          </div>
        ))}
      </div>
    </details>
  );
}
