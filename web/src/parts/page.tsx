import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** The first page of a visit begins at its top, as the browser has it. */
let hasShownPage = false;

/**
 * The frame of every page: its title, its one h1 and its lead. After a step inside the site the
 * focus moves to the heading, as it would after loading a page.
 */
export function Page(props: { title: string; lead?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  const navigation = useNavigationType();
  useEffect(() => {
    const isFirst = !hasShownPage;
    hasShownPage = true;
    if (isFirst) return;
    heading.current?.focus({ preventScroll: true });
    if (navigation !== NavigationType.Pop) window.scrollTo(0, 0);
  }, [key, navigation]);
  return (
    <>
      <title>{`${props.title} · ${t('siteName')}`}</title>
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        {props.lead && <div className="lead">{props.lead}</div>}
      </div>
      {props.children}
    </>
  );
}

/** Said while something is on its way. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <p role="status" className="soft">
      {t('loading')}
    </p>
  );
}
