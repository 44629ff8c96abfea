import { Link } from 'react-router';
import { Note } from './note';

interface ProposedProps {
  readonly proposal: { readonly id: string };
  readonly title: string;
  /** Until when a second person may agree, in a sentence. */
  readonly text: string;
  readonly link: string;
}

/** Said when something waits for a second person, with the way to it. */
export function Proposed({ proposal, title, text, link }: ProposedProps) {
  return (
    <Note tone="wait" title={title} urgent>
      <p>{text}</p>
      <p>
        <Link to={`/proposals/${proposal.id}`}>{link}</Link>
      </p>
    </Note>
  );
}
