import { type ReactNode, useEffect, useRef } from 'react';
import { Note } from '../note';
import type { Tone } from '../tag';

/** The answer in one sentence. It takes the focus where the reader's own act brought it here. */
export function Verdict(props: {
  tone: Tone;
  title: string;
  takesFocus: boolean;
  /** Read out at once: it came by itself. */
  urgent?: boolean;
  children?: ReactNode;
}) {
  const { takesFocus, ...note } = props;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) frame.current?.focus();
  }, [takesFocus]);
  return (
    <div ref={frame} tabIndex={-1} className="verdict">
      <Note {...note} />
    </div>
  );
}
