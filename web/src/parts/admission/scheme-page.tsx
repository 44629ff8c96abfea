import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { SchemeDetail } from '../../api/schemes';
import { ProblemNote } from '../note';
import { Loading, Page } from '../page';
import { useFormat } from '../use-format';
import { SchemeLead } from './scheme-facts';
import { useScheme } from './scheme-list';

/** The page of the scheme that the address names; each group puts on it what it comes for. */
export function SchemePage(props: {
  /** Its title until that of the scheme is known. */
  title: string;
  /** Where the list stands that it was chosen from. */
  base: string;
  /** Whether it leads to the rules as everybody reads them. */
  hasRules?: boolean;
  children: (scheme: SchemeDetail) => ReactNode;
}) {
  const { t } = useTranslation('schemes');
  const format = useFormat();
  const { code = '' } = useParams();
  const scheme = useScheme(code);
  return (
    <Page
      title={scheme.data ? format.text(scheme.data.title) : props.title}
      lead={scheme.data && <SchemeLead scheme={scheme.data} />}
    >
      <div className="stack">
        {scheme.isPending && <Loading />}
        {scheme.isError && <ProblemNote error={scheme.error} />}
        {scheme.data && props.children(scheme.data)}
        <p>
          {props.hasRules && (
            <>
              <Link to={`/catalogue/admission/${code}`}>{t('rules')}</Link>
              {' · '}
            </>
          )}
          <Link to={props.base}>{t('all')}</Link>
        </p>
      </div>
    </Page>
  );
}
