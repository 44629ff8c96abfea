import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

export type Tone = 'good' | 'bad' | 'wait' | 'quiet' | 'brand';

/** A state in words and icon; the colour only repeats it. */
export function Tag({ tone, icon, children }: { tone: Tone; icon: IconName; children: ReactNode }) {
  return (
    <span className={`tag tone-${tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  );
}
