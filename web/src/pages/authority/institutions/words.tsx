import { useTranslation } from 'react-i18next';
import type {
  Institution,
  InstitutionKind,
  OutcomeForm,
  Penalty,
  Tier,
} from '../../../api/authority-types';
import { Tag } from '../../../parts/tag';

export const INSTITUTION_KINDS = [
  'school',
  'issuer',
  'community-college',
  'senior-university',
  'open-university',
  'admissions-office',
  'authority',
  'enterprise',
  'contest-organiser',
  'overseas-partner',
  'pupil-school',
] as const satisfies readonly InstitutionKind[];

export const TIERS = ['centre', 'sub-centre', 'member-unit'] as const satisfies readonly Tier[];

export const OUTCOME_FORMS = [
  'course',
  'online-course',
  'x-certificate',
  'skill-level-certificate',
  'vocational-qualification',
  'specialised-ability',
  'training',
  'lecture',
  'apprenticeship',
  'enterprise-practice',
  'job',
  'contest',
  'labour-education',
  'vocational-enlightenment',
] as const satisfies readonly OutcomeForm[];

/** Whether an institution works, and the gravest of what stands against it now. */
export function InstitutionTag({ institution }: { institution: Institution }) {
  const { t } = useTranslation('institution');
  if (institution.status === 'suspended') {
    return (
      <Tag tone="bad" icon="cross">
        {t('status.suspended')}
      </Tag>
    );
  }
  const penalty = gravestOf(institution);
  if (penalty) {
    return (
      <Tag tone="wait" icon="warn">
        {t(`penalty.${penalty}`)}
      </Tag>
    );
  }
  return (
    <Tag tone="good" icon="check">
      {t('status.active')}
    </Tag>
  );
}

const FROM_THE_MILDEST: readonly Penalty[] = ['may-not-apply', 'suspended', 'withdrawn'];

function gravestOf({ standings }: Institution): Penalty | undefined {
  return FROM_THE_MILDEST.findLast((one) => standings.some(({ penalty }) => penalty === one));
}
