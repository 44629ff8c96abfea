import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { verifyApi } from '../../api/verify';
import { Loading } from '../../parts/page';
import { ProofResult } from '../../parts/verification/proof-result';
import { CodeRefusal } from '../../parts/verification/refusal';

/** The answer to the code in the address, as links and QR codes lead to it. */
export function CodeResult({ code }: { code: string }) {
  const { t } = useTranslation('verify');
  const plain = useQuery({
    queryKey: ['verification', code],
    queryFn: () => verifyApi.verify(code),
    retry: false,
    // The answer carries its time; looking again is the reader's act, and a line in the holder's log.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  // Never asked again by itself: a wrong PIN counts.
  const opened = useMutation({ mutationFn: (pin: string) => verifyApi.verify(code, pin) });
  const pin = opened.variables;
  const { data, error } = pin === undefined ? plain : opened;
  const isBusy = pin === undefined ? plain.isFetching : opened.isPending;
  const again = (): void => {
    if (pin === undefined) void plain.refetch();
    else opened.mutate(pin);
  };
  return (
    <>
      {plain.isPending && <Loading />}
      {error && <CodeRefusal error={error} isPending={isBusy} onPin={opened.mutate} />}
      {data && !error && (
        <ProofResult
          key={data.checkedAt}
          result={data}
          code={code}
          takesFocus
          isBusy={isBusy}
          onAgain={again}
        />
      )}
      <p className="no-print">
        <Link to="/verify" className="button">
          {t('another')}
        </Link>
      </p>
    </>
  );
}
