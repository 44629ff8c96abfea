import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Scheme, schemesApi } from '../../api/schemes';
import type { IconName } from '../icon';
import { live } from '../live';
import { ProblemNote } from '../note';
import { Loading } from '../page';
import { Tag, type Tone } from '../tag';
import { useFormat } from '../use-format';

export const SCHEMES_KEY = 'admission-schemes';

export function useSchemes() {
  return useQuery({ queryKey: [SCHEMES_KEY], queryFn: schemesApi.list, ...live });
}

export function useScheme(code: string) {
  return useQuery({
    queryKey: [SCHEMES_KEY, code],
    queryFn: () => schemesApi.show(code),
    ...live,
  });
}

/** Schemes as lines that lead to their pages under an address. */
export function SchemeList(props: {
  base: string;
  /** Which of them are shown. */
  isShown?: (scheme: Scheme) => boolean;
  /** What is said when there is none. */
  none: string;
}) {
  const schemes = useSchemes();
  if (schemes.isPending) return <Loading />;
  if (schemes.isError) return <ProblemNote error={schemes.error} />;
  const shown = schemes.data.filter(props.isShown ?? (() => true));
  return (
    <section className="card">
      {shown.length === 0 && <p>{props.none}</p>}
      <ul className="lines">
        {shown.map((scheme) => (
          <SchemeLine key={scheme.code} scheme={scheme} to={`${props.base}/${scheme.code}`} />
        ))}
      </ul>
    </section>
  );
}

function SchemeLine({ scheme, to }: { scheme: Scheme; to: string }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const places = scheme.places.reduce((sum, one) => sum + one.places, 0);
  return (
    <li>
      <Link to={to}>{format.text(scheme.title)}</Link> <SchemeTag state={scheme.state} />
      <div className="small soft">
        <SchemeDays scheme={scheme} /> · {t('placesTotal', { count: places })}
      </div>
    </li>
  );
}

/** From when to when people can apply. */
export function SchemeDays({ scheme }: { scheme: Scheme }) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  return t('days', { from: format.date(scheme.opens), to: format.date(scheme.closes) });
}

const LOOKS: Record<Scheme['state'], { tone: Tone; icon: IconName }> = {
  upcoming: { tone: 'wait', icon: 'clock' },
  open: { tone: 'good', icon: 'check' },
  closed: { tone: 'quiet', icon: 'lock' },
};

export function SchemeTag({ state }: { state: Scheme['state'] }) {
  const { t } = useTranslation('schemes');
  return <Tag {...LOOKS[state]}>{t(`state.${state}`)}</Tag>;
}
