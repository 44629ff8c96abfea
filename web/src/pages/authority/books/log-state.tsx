import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { logApi } from '../../../api/log';
import { sizeOf } from '../../../parts/checkpoint';
import { Fact } from '../../../parts/fact';
import { live } from '../../../parts/live';
import { ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { keyOf } from '../queries';

/** The log as it is now: its size, who else signs it, and the newest seal of all balances. */
export function LogState() {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const head = useQuery({ queryKey: keyOf('log'), queryFn: logApi.head, ...live });
  const seal = useQuery({ queryKey: keyOf('seal'), queryFn: newestSeal, ...live });
  return (
    <section className="card stack" aria-labelledby="log">
      <h2 id="log">{t('books.log')}</h2>
      {head.isPending && <Loading />}
      {head.isError && <ProblemNote error={head.error} />}
      {head.data && (
        <dl className="facts wide">
          <Fact term={t('books.size')} figure>
            {format.count(head.data.size)}
          </Fact>
          <Fact term={t('books.signed')}>{format.moment(head.data.signedAt)}</Fact>
          <Fact term={t('books.witnesses')}>
            <Witnesses />
          </Fact>
          <Fact term={t('books.seals')}>
            {seal.data
              ? t('books.sealed', {
                  at: format.moment(seal.data.sealedAt),
                  accounts: format.count(seal.data.accounts),
                  size: format.count(seal.data.logSize),
                })
              : t('books.sealsNone')}
          </Fact>
        </dl>
      )}
    </section>
  );
}

function Witnesses() {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const key = useQuery({ queryKey: keyOf('log-key'), queryFn: logApi.key });
  const cosigned = useQuery({ queryKey: keyOf('cosigned'), queryFn: logApi.cosigned, ...live });
  const count = key.data?.witnesses.length ?? 0;
  if (count === 0) return t('books.witnessesNone');
  const size = cosigned.data ? sizeOf(cosigned.data) : null;
  return (
    <>
      {t('books.witnessesSome', { count })}{' '}
      {size === null ? t('books.notCosigned') : t('books.cosigned', { size: format.count(size) })}
    </>
  );
}

/** Null before the first one. */
async function newestSeal() {
  const size = sizeOf(await logApi.sealsCheckpoint());
  return size === null || size === 0 ? null : logApi.seal(size - 1);
}
