import { useTranslation } from 'react-i18next';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { daysBetween, today } from './days';

/** By when the school promised its decision, and how long that is; nothing where nothing is due. */
export function Promised({ dueOn }: { dueOn: string | null }) {
  const { t } = useTranslation('review');
  const format = useFormat();
  if (dueOn === null) return <>—</>;
  const left = daysBetween(today(), dueOn);
  const date = format.date(dueOn);
  if (left < 0) {
    return (
      <>
        <Tag tone="bad" icon="warn">
          {t('due.overdue', { count: -left })}
        </Tag>
        <div className="small soft">{t('due.was', { date })}</div>
      </>
    );
  }
  return (
    <>
      {t('due.by', { date })}
      <div className="small soft">
        {left === 0 ? t('due.today') : t('due.left', { count: left })}
      </div>
    </>
  );
}
