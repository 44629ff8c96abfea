import type { ReactNode } from 'react';
import { Link, matchPath, useLocation } from 'react-router';
import { useMedia } from './use-media';

export interface LocalLink {
  readonly to: string;
  readonly label: string;
  /** Whether only this very address is the current page, not the ones below it. */
  readonly exact?: boolean;
  /** Addresses that are not below this one and belong to it all the same, with all below them. */
  readonly also?: readonly string[];
}

/** Links that belong together, under a name of their own. */
export interface LocalLinks {
  readonly label: string;
  readonly links: readonly LocalLink[];
}

/** So many links stand above a page on a phone; more would push what it says out of sight. */
const SHOWN_ON_PHONES = 4;

/**
 * The pages of one group, under the navigation of the whole site. On a phone a long list folds
 * behind the name of the page one is on.
 */
export function LocalNav({ label, links }: { label: string; links: readonly LocalLink[] }) {
  const isNarrow = useMedia('(max-width: 40rem)');
  if (!isNarrow || links.length <= SHOWN_ON_PHONES) {
    return (
      <nav className="local-nav" aria-label={label}>
        <Links links={links} />
      </nav>
    );
  }
  return (
    <FoldedNav label={label} links={links}>
      <Links links={links} />
    </FoldedNav>
  );
}

/**
 * The pages of a group that has too many for one row: a row of the names of their sections, and
 * under it the pages of the section one is in. On a phone all of them fold behind the page one is on.
 */
export function SectionedNav({
  label,
  sections,
}: {
  label: string;
  sections: readonly LocalLinks[];
}) {
  const isNarrow = useMedia('(max-width: 40rem)');
  const { pathname } = useLocation();
  const here = sections.find(({ links }) => links.some((link) => isAt(link, pathname)));
  if (isNarrow) {
    return (
      <FoldedNav label={label} links={sections.flatMap(({ links }) => links)}>
        {sections.map(({ label: section, links }) => (
          <div key={section}>
            {links.length > 1 && <p className="small soft">{section}</p>}
            <Links links={links} />
          </div>
        ))}
      </FoldedNav>
    );
  }
  return (
    <nav className="local-nav" aria-label={label}>
      <ul className="sections">
        {sections.map((section) => (
          <li key={section.label}>
            <Link
              to={section.links[0]?.to ?? ''}
              {...(section === here && { 'aria-current': 'true' })}
            >
              {section.label}
            </Link>
          </li>
        ))}
      </ul>
      {here && here.links.length > 1 && <Links links={here.links} />}
    </nav>
  );
}

interface FoldedNavProps {
  readonly label: string;
  readonly links: readonly LocalLink[];
  readonly children: ReactNode;
}

function FoldedNav({ label, links, children }: FoldedNavProps) {
  const { pathname } = useLocation();
  const here = links.find((link) => isAt(link, pathname));
  return (
    <nav className="local-nav folded" aria-label={label}>
      {/* A step to another page makes it anew, folded. */}
      <details key={pathname}>
        <summary>{here?.label ?? label}</summary>
        {children}
      </details>
    </nav>
  );
}

function isAt({ to, exact, also = [] }: LocalLink, pathname: string): boolean {
  const isBelow = (path: string, end = false) => matchPath({ path, end }, pathname) !== null;
  return isBelow(to, exact) || also.some((path) => isBelow(path));
}

function Links({ links }: { links: readonly LocalLink[] }) {
  const { pathname } = useLocation();
  return (
    <ul>
      {links.map((link) => (
        <li key={link.to}>
          <Link to={link.to} {...(isAt(link, pathname) && { 'aria-current': 'page' })}>
            {link.label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
