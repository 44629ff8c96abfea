import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { ApiProblem } from '../api/problem';
import { sessionApi } from '../api/session';
import { ProblemNote } from './note';
import { forgetSession } from './session';

/** A refusal of an act; where it asks for a fresh sign-in, with the way there and back. */
export function ActProblem({ error }: { error: unknown }) {
  return (
    <>
      <ProblemNote error={error} />
      {error instanceof ApiProblem && error.code === 'sign-in-again' && <SignInAgain />}
    </>
  );
}

function SignInAgain() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const leave = useMutation({
    mutationFn: sessionApi.signOut,
    onSettled: () => {
      forgetSession(queries);
      return navigate(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
    },
  });
  return (
    <p>
      <button
        type="button"
        className="button main"
        disabled={leave.isPending}
        onClick={() => leave.mutate()}
      >
        {t('signInAgain')}
      </button>
    </p>
  );
}
