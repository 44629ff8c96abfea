import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { logApi } from '../../api/log';
import { type Note, parseCheckpoint } from '../../parts/checkpoint';
import { live } from '../../parts/live';
import { useFormat } from '../../parts/use-format';
import { cosignedAt } from './proof';

/** Who signed a checkpoint: the bank, and witnesses with the time at which they saw it. */
export function Signers({ note }: { note: Note }) {
  const { t } = useTranslation('log');
  const witnesses = note.signatures.filter(({ name }) => name !== note.origin);
  return (
    <ul className="lines">
      <li>{t('head.bank')}</li>
      {witnesses.length === 0 ? <li>{t('head.noWitness')}</li> : <Witnesses note={note} />}
    </ul>
  );
}

function Witnesses({ note }: { note: Note }) {
  const { t } = useTranslation('log');
  const format = useFormat();
  return note.signatures
    .filter(({ name }) => name !== note.origin)
    .map(({ name, blob }) => {
      const at = cosignedAt(blob);
      return (
        <li key={name}>{t('head.witness', { name, at: at === null ? '' : format.moment(at) })}</li>
      );
    });
}

/** The newest checkpoint that a witness signed, while that is not the newest of all. */
export function Cosigned({ size }: { size: number }) {
  const { t } = useTranslation('log');
  const format = useFormat();
  const cosigned = useQuery({ queryKey: ['log', 'cosigned'], queryFn: logApi.cosigned, ...live });
  const note = cosigned.data ? parseCheckpoint(cosigned.data) : null;
  if (!note || note.size === size) return null;
  return (
    <div>
      <p>{t('head.older', { size: format.count(note.size) })}</p>
      <ul>
        <Witnesses note={note} />
      </ul>
    </div>
  );
}
