import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Enrolment, type PathwayDocument, pathwaysApi } from '../../../api/pathways';
import { DialogButton } from '../../../parts/dialog-button';
import { trimmedOf } from '../../../parts/form';
import { ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { ReasonForm } from '../../../parts/reason-form';
import { useSignedIn } from '../../../parts/session';
import { TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { ReopenGate } from './reopen-gate';

/** The code of a major, as the service has it. */
const MAJOR = '[A-Za-z0-9\\-]{1,40}';
const REOPENING = 'reopening';
const CHANGE_OF_MAJOR = 'change-of-major';

type Transition = PathwayDocument['transitions'][number];

/** What can be recorded of a learner now: whatever her rules allow and no gate decides. */
export function LearnerActs({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation('enrolment');
  const format = useFormat();
  const { institutionId } = useSignedIn();
  const document = useQuery({
    queryKey: ['pathways', enrolment.pathway, 'as-published'],
    queryFn: () => pathwaysApi.document(enrolment.pathway),
  });
  // Where somebody has left, the school of the first stage goes on.
  const here = enrolment.stages.find(({ standing }) => standing === 'here') ?? enrolment.stages[0];
  const acts = document.data ? actsOf(document.data, enrolment.state) : [];
  const isOurs = here?.institutionId === institutionId;
  const again = enrolment.lookAgain.length > 0;
  return (
    <section className="card stack" aria-labelledby="acts">
      <h2 id="acts">{t('acts.title')}</h2>
      {document.isPending && <Loading />}
      {document.isError && <ProblemNote error={document.error} />}
      {isOurs && again && <ReopenGate enrolment={enrolment} />}
      {here && !isOurs && (
        <p>{t('acts.elsewhere', { institution: format.text(here.institutionName) })}</p>
      )}
      {isOurs && document.isSuccess && acts.length === 0 && !again && <p>{t('acts.none')}</p>}
      {isOurs && acts.length > 0 && (
        <>
          <p>{t('acts.lead')}</p>
          <div className="row">
            {acts.map((act) => (
              <Act key={act.event} act={act} enrolment={enrolment} />
            ))}
          </div>
        </>
      )}
    </section>
  );
}

function Act({ act, enrolment }: { act: Transition; enrolment: Enrolment }) {
  const { t } = useTranslation('enrolment');
  const format = useFormat();
  const queries = useQueryClient();
  const label = useActName()(act);
  const isMajor = act.event === CHANGE_OF_MAJOR;
  return (
    <DialogButton label={label} title={label} tone={isMajor ? 'plain' : 'grave'}>
      {(close) => (
        <ReasonForm
          silent
          label=""
          submit={t('acts.submit', { act: label })}
          tone={isMajor ? 'main' : 'grave'}
          close={close}
          act={async (_, form) => {
            await pathwaysApi.act(enrolment, act.event, trimmedOf(form, 'major'));
            await queries.invalidateQueries({ queryKey: ['pathways'] });
          }}
        >
          <p>{t('acts.rule', { rule: format.text(act.title) })}</p>
          <p>{t('acts.question')}</p>
          {isMajor && (
            <TextField
              name="major"
              label={t('acts.major')}
              hint={t('acts.majorHint')}
              pattern={MAJOR}
              required
              autoComplete="off"
            />
          )}
        </ReasonForm>
      )}
    </DialogButton>
  );
}

const KNOWN = [CHANGE_OF_MAJOR, 'change-of-school', 'withdrawal'] as const;

/** What an act is called; one that only this pathway has, by its rule. */
function useActName(): (act: Transition) => string {
  const { t } = useTranslation('enrolment');
  const format = useFormat();
  return ({ event, title }) => {
    const known = KNOWN.find((one) => one === event);
    return known ? t(`acts.name.${known}`) : format.text(title);
  };
}

/** Events that can follow on a state, each once; what a gate judges is left to the gate. */
function actsOf({ transitions, gates }: PathwayDocument, state: string): Transition[] {
  const judged = new Set([REOPENING, ...gates.map(({ event }) => event)]);
  const acts = new Map<string, Transition>();
  for (const one of transitions) {
    if (!one.from.includes(state) || judged.has(one.event) || acts.has(one.event)) continue;
    acts.set(one.event, one);
  }
  return [...acts.values()];
}
