import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from './note';
import { Page } from './page';

/**
 * What is shown when a page cannot be shown, most often because a new release took the place of
 * the files that an open page still asks for. Loading the page again cures that.
 */
export class FailureBoundary extends Component<
  { address: string; children: ReactNode },
  { failedAt: string | null }
> {
  override state: { failedAt: string | null } = { failedAt: null };

  static getDerivedStateFromError(): { failedAt: string } {
    return { failedAt: window.location.pathname };
  }

  override render(): ReactNode {
    return this.state.failedAt === this.props.address ? <Failure /> : this.props.children;
  }
}

function Failure() {
  const { t } = useTranslation();
  return (
    <Page title={t('failure.title')}>
      <Note tone="bad" urgent title={t('failure.note')}>
        <p>
          <button type="button" className="button" onClick={() => window.location.reload()}>
            {t('failure.reload')}
          </button>
        </p>
      </Note>
    </Page>
  );
}
