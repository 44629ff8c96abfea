import type { ReactNode } from 'react';

/** One fact of a `dl` of the class `facts`: in words, or as a figure. */
export function Fact(props: {
  term: string;
  figure?: boolean;
  /** It takes the whole row. */
  whole?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={props.whole ? 'whole' : undefined}>
      <dt>{props.term}</dt>
      <dd className={props.figure ? undefined : 'plain'}>{props.children}</dd>
    </div>
  );
}
