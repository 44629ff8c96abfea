import { useTranslation } from 'react-i18next';
import type { ApplicationEvent } from '../api/types';
import { Note } from './note';
import { useFormat } from './use-format';

/** What people wrote on the way of an application, oldest first. */
export function HistoryNotes({ history }: { history: readonly ApplicationEvent[] }) {
  const { t } = useTranslation('decision');
  const format = useFormat();
  return history
    .filter(({ note }) => note !== null)
    .map((event) => {
      const at = format.moment(event.at);
      const title = event.institution
        ? t('note.institution', { name: format.text(event.institution.name), at })
        : t('note.other', { at });
      return (
        <Note key={event.at} tone="brand" title={title}>
          <p>{event.note}</p>
        </Note>
      );
    });
}
