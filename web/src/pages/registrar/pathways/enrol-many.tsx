import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Pathway, pathwaysApi } from '../../../api/pathways';
import type { IdentityKind } from '../../../api/types';
import { ConfirmButton } from '../../../parts/confirm-button';
import { Field } from '../../../parts/field';
import { FileButton } from '../../../parts/file-button';
import { ProblemNote } from '../../../parts/note';
import { IDENTITY_KINDS } from '../../../parts/person-fields';
import { IntakeField } from './intake-field';
import { type RollRow, readRoll, textOfFile } from './roll';
import { type Answered, RollAnswers, RollFaults } from './roll-view';

/** As many as the service takes at a time. */
const AT_A_TIME = 500;

/** A whole class: pasted from a spreadsheet or from a file, looked at, and sent at once. */
export function EnrolMany({ pathway }: { pathway: Pathway }) {
  const { t } = useTranslation('enrolment');
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [year, setYear] = useState(() => Math.max(...pathway.intakes.map((one) => one.year)));
  const rows = readRoll(text, useKindWords());
  const fit = rows.filter(({ fault }) => fault === null);
  const left = pathway.intakes.find((one) => one.year === year)?.left ?? 0;
  const send = useMutation({
    mutationFn: async () => ({ year, answered: await enrolAll(pathway.id, year, fit) }),
    onSuccess: ({ answered }) => setText(leftOver(rows, answered)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['pathways'] }),
  });
  return (
    <section className="card stack" aria-labelledby="many">
      <div>
        <h2 id="many">{t('many.title')}</h2>
        <p className="soft">{t('many.lead')}</p>
      </div>
      {send.isError && <ProblemNote error={send.error} />}
      {send.data && <RollAnswers pathway={pathway.id} {...send.data} />}
      <div>
        <IntakeField pathway={pathway} onChange={setYear} />
        <RollField text={text} onText={setText} />
      </div>
      {rows.length > 0 && (
        <p role="status">
          {t('many.counts', { count: rows.length, fit: fit.length })}
          {fit.length > left && <span className="then">{t('many.beyond', { left })}</span>}
        </p>
      )}
      <RollFaults rows={rows} />
      <div>
        <ConfirmButton
          label={t('many.submit', { count: fit.length, year })}
          title={t('many.submit', { count: fit.length, year })}
          question={<p>{t('many.question')}</p>}
          confirmLabel={t('many.confirm')}
          disabled={fit.length === 0 || send.isPending}
          onConfirm={() => send.mutate()}
        />
      </div>
    </section>
  );
}

/** A field to paste into, and a button that fills it from a file. */
function RollField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation('enrolment');
  return (
    <>
      <Field label={t('many.list')} hint={t('many.hint')}>
        {(control) => (
          <textarea
            {...control}
            rows={8}
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onText(event.currentTarget.value)}
          />
        )}
      </Field>
      <FileButton
        label={t('many.file')}
        accept=".csv,.txt,.tsv"
        tone="plain"
        onFile={(file) => void textOfFile(file).then(onText)}
      />
    </>
  );
}

/** Kinds of documents by their words in the language of the page, and by their codes. */
function useKindWords(): ReadonlyMap<string, IdentityKind> {
  const { t } = useTranslation();
  return new Map(
    IDENTITY_KINDS.flatMap((kind) => [
      [t(`person.kinds.${kind}`), kind],
      [kind, kind],
    ]),
  );
}

/** Sends the rows in portions, one after the other; who was enrolled before is only told so. */
async function enrolAll(
  pathway: string,
  intake: number,
  rows: readonly RollRow[],
): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (let from = 0; from < rows.length; from += AT_A_TIME) {
    const part = rows.slice(from, from + AT_A_TIME);
    const items = part.map(({ name, kind, number }) => ({
      learner: { name, document: { kind, number } },
      intake,
    }));
    const answers = await pathwaysApi.enrol(pathway, items);
    for (const [at, answer] of answers.entries()) {
      const row = part[at];
      if (row) answered.push({ row, answer });
    }
  }
  return answered;
}

/** The lines that still have to be mended: those that were not sent, and those that were refused. */
function leftOver(rows: readonly RollRow[], answered: readonly Answered[]): string {
  const done = new Set(
    answered.filter(({ answer }) => answer.status !== 'refused').map(({ row }) => row.line),
  );
  return rows
    .filter(({ line }) => !done.has(line))
    .map(({ text }) => text)
    .join('\n');
}
