import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProposalDetail, RevocationPreview as Preview } from '../../api/authority-types';
import { ApiProblem } from '../../api/problem';
import { proposalsApi } from '../../api/proposals';
import { type Column, DataTable } from '../../parts/data-table';
import { isZero } from '../../parts/format';
import { Note, ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { useFormat } from '../../parts/use-format';

const LOOK_AGAIN_MS = 15_000;

/** What the proposed revocation would do at this moment, and whether that is what was proposed. */
export function RevocationPreview({ proposal }: { proposal: ProposalDetail }) {
  const { t } = useTranslation('proposals');
  const { subjectId, reason, digest } = proposal;
  const preview = useQuery({
    queryKey: ['proposals', 'preview', subjectId],
    queryFn: () => proposalsApi.previewRevocation(subjectId, reason),
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <section className="card stack" aria-labelledby="preview">
      <div>
        <h2 id="preview">{t('preview.title')}</h2>
        <p>{t('preview.lead')}</p>
      </div>
      {preview.isPending && <Loading />}
      {preview.isError && <Failed error={preview.error} />}
      {preview.data && (
        <>
          <Note
            tone={preview.data.digest === digest ? 'good' : 'bad'}
            title={t(preview.data.digest === digest ? 'preview.same' : 'preview.changed')}
          />
          <Effects preview={preview.data} />
        </>
      )}
    </section>
  );
}

function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation('proposals');
  const isDone = error instanceof ApiProblem && error.code === 'already-revoked';
  return isDone ? <Note tone="quiet" title={t('preview.done')} /> : <ProblemNote error={error} />;
}

type Conversion = Preview['effects']['conversions'][number];

function Effects({ preview: { outcome, effects } }: { preview: Preview }) {
  const { t } = useTranslation('proposals');
  const format = useFormat();
  const { vanishes, returns, conversions, shares } = effects;
  const gone = [vanishes.available, vanishes.held, vanishes.used, vanishes.expired].filter(
    (amount) => !isZero(amount),
  );
  const columns: Column<Conversion>[] = [
    { key: 'programme', head: t('preview.programme'), cell: ({ title }) => format.text(title) },
    {
      key: 'school',
      head: t('preview.school'),
      cell: ({ institution }) => format.text(institution.name),
    },
    {
      key: 'fate',
      head: t('preview.fate'),
      cell: ({ fate, award }) => (
        <>
          {t(`preview.${fate}`)}
          {award && <span className="small soft"> {t('preview.award')}</span>}
        </>
      ),
    },
  ];
  return (
    <>
      <dl className="facts wide">
        <div>
          <dt>{t('preview.outcome')}</dt>
          <dd className="plain">{format.text(outcome.title)}</dd>
        </div>
        <div>
          <dt>{t('preview.vanishes')}</dt>
          <dd>{gone.map((amount) => format.amount(amount)).join(' + ') || format.amount('0')}</dd>
        </div>
        {returns.map(({ outcomeId, title, amount }) => (
          <div key={outcomeId}>
            <dt>{t('preview.returns')}</dt>
            <dd className="plain">
              {format.text(title)} · {t('preview.credits', { amount: format.amount(amount) })}
            </dd>
          </div>
        ))}
      </dl>
      {conversions.length === 0 ? (
        <p>{t('preview.none')}</p>
      ) : (
        <DataTable
          caption={t('preview.conversions')}
          columns={columns}
          rows={conversions}
          rowKey={({ applicationId }) => applicationId}
        />
      )}
      {shares.length > 0 && <p>{t('preview.shares', { count: shares.length })}</p>}
    </>
  );
}
