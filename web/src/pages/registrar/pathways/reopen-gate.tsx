import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type EnrolmentSummary, pathwaysApi } from '../../../api/pathways';
import { ConfirmButton } from '../../../parts/confirm-button';
import { ProblemNote } from '../../../parts/note';
import { useTitles } from '../../../parts/pathway-gate';
import { Tag } from '../../../parts/tag';

/** A judgement whose ground was taken back is to be looked at again: the gate can be reopened. */
export function ReopenGate({ enrolment }: { enrolment: EnrolmentSummary }) {
  const { t } = useTranslation(['pathway', 'pathways']);
  const titles = useTitles();
  const queries = useQueryClient();
  const { lookAgain } = enrolment;
  const reopen = useMutation({
    mutationFn: () => pathwaysApi.reopen(enrolment),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['pathways'] }),
  });
  if (lookAgain.length === 0) return t('pathways:office.nothingToDo');
  return (
    <div className="stack tight">
      <div>
        <Tag tone="bad" icon="warn">
          {t('again')}
        </Tag>
      </div>
      <div className="soft">
        {t('pathways:office.lost', {
          outcomes: titles(lookAgain.flatMap(({ revoked }) => revoked)),
        })}
      </div>
      {reopen.isError && <ProblemNote error={reopen.error} />}
      <div>
        <ConfirmButton
          label={t('pathways:office.reopen')}
          title={t('pathways:office.reopen')}
          question={<p>{t('pathways:office.reopenQuestion')}</p>}
          confirmLabel={t('pathways:office.reopen')}
          tone="plain"
          disabled={reopen.isPending}
          onConfirm={() => reopen.mutate()}
        />
      </div>
    </div>
  );
}
