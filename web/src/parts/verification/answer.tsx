import type { ReactNode } from 'react';
import { Loading } from '../page';
import { codeOf } from './digits';
import { DocumentAnswer } from './document-answer';
import { HandedRefusal } from './refusal';
import type { DocumentVerification } from './use-document';

/** What came of the newest check: the answer, why there is none, or that it is on its way. */
export function VerificationAnswer(props: {
  check: DocumentVerification;
  /** What else to do with a proof. */
  tools?: ReactNode;
}) {
  const { check, tools } = props;
  const { data, variables: asked, isPending, submittedAt } = check;
  if (isPending && !data) return <Loading />;
  if (!asked) return null;
  return (
    <>
      <HandedRefusal check={check} />
      {data && (
        <DocumentAnswer
          key={submittedAt}
          answer={data}
          name={asked.kind === 'file' ? asked.file.name : undefined}
          code={asked.kind === 'text' ? codeOf(asked.text) : undefined}
          isBusy={isPending}
          onAgain={() => check.mutate(asked)}
          tools={tools}
        />
      )}
    </>
  );
}
