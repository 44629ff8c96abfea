import type { Translation } from '../shape';
import type { institution as chinese } from '../zh/institution';

export const institution: Translation<typeof chinese> = {
  kind: {
    school: 'Vocational school or college',
    issuer: 'Certificate issuer',
    'community-college': 'Community college',
    'senior-university': 'Senior university',
    'open-university': 'Open university',
    'admissions-office': 'Admissions office',
    authority: 'Authority',
    enterprise: 'Enterprise',
    'contest-organiser': 'Contest organiser',
    'overseas-partner': 'Partner abroad',
    'pupil-school': 'Primary or middle school',
  },
  tier: {
    centre: 'Centre',
    'sub-centre': 'Sub-centre',
    'member-unit': 'Member unit',
  },
  form: {
    course: 'Course',
    'online-course': 'Online course',
    'x-certificate': 'X certificate',
    'skill-level-certificate': 'Vocational skill-level certificate',
    'vocational-qualification': 'Vocational qualification',
    'specialised-ability': 'Specialised-ability certificate',
    training: 'Training',
    lecture: 'Lecture',
    apprenticeship: 'Apprenticeship',
    'enterprise-practice': 'Practice in an enterprise',
    job: 'Job',
    contest: 'Contest',
    'labour-education': 'Labour education',
    'vocational-enlightenment': 'Vocational enlightenment',
  },
  status: {
    active: 'Active',
    suspended: 'Suspended',
  },
  penalty: {
    'may-not-apply': 'Nothing new may be awarded',
    suspended: 'Posting suspended',
    withdrawn: 'Accreditation withdrawn',
  },
  two: {
    title: 'A second person has to agree',
    text: 'Because {{reasons}}.',
    and: ', ',
    why: {
      credits: 'much credit is concerned',
      reach: 'many conversions or learners are concerned',
      'old-period': 'it was completed long ago',
      'sign-in': 'it is about how somebody signs in',
      'one-person': 'it is about joined accounts',
      pay: 'workload depends on it',
      publication: 'it publishes rules',
    },
  },
};
