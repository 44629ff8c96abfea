import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { equivalenceApi } from '../../api/equivalence';
import { FileButton, useFileDrop } from '../../parts/file-button';
import { textOf } from '../../parts/form';
import { ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { DayField, ProgrammeField } from './question-fields';
import { QuotaLine } from './quota';

const ACCEPTED = '.xlsx,.csv';

/** First against what, then the file: it is sent at once. */
export function ListUpload() {
  const { t } = useTranslation('admissions');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const send = useMutation({
    mutationFn: (file: File) => {
      const fields = new FormData(form.current ?? undefined);
      const programme = textOf(fields, 'programme');
      return equivalenceApi.sendList(file, { programme, on: textOf(fields, 'on') });
    },
    onSuccess: (list) => navigate(`/admissions/lists/${list.id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['equivalence'] }),
  });
  const onFile = (file: File): void => {
    if (!send.isPending && form.current?.reportValidity()) send.mutate(file);
  };
  const drop = useFileDrop(onFile);
  return (
    <section className="card stack" aria-labelledby="send">
      <div>
        <h2 id="send">{t('lists.send.title')}</h2>
        <QuotaLine />
      </div>
      {send.isError && <ProblemNote error={send.error} />}
      <form ref={form} onSubmit={(event) => event.preventDefault()} className="columns">
        <ProgrammeField isOptional hint={t('lists.send.programmeHint')} />
        <DayField />
      </form>
      <div {...drop}>
        {send.isPending ? (
          <Loading />
        ) : (
          <>
            <p>{t('lists.send.drop')}</p>
            <FileButton label={t('lists.send.choose')} accept={ACCEPTED} onFile={onFile} />
          </>
        )}
        <p className="small soft">{t('lists.send.formats')}</p>
      </div>
    </section>
  );
}
