import { type Client, all, answer, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Pathway = Schemas['PathwayDto'];
export type PathwayReading = Schemas['PathwayReadingDto'];
/** What a document says, published or not. */
export type PathwayWords = Omit<PathwayReading, 'start' | 'newest'>;
export type NewEnrolment = Schemas['NewEnrolmentDto'];
export type EnrolmentAnswer = Schemas['EnrolledDto'];
export type Enrolment = Schemas['EnrolmentDto'];
export type EnrolmentSummary = Schemas['EnrolmentSummaryDto'];
export type GateAnswer = Schemas['GateAnswerDto'];
export type GateRun = Schemas['RunDto'];
export type PathwayFigures = Schemas['PathwayFiguresDto'];
export type IntakeFigures = Schemas['IntakeFiguresDto'];

/** The cohort of one intake before one gate of a pathway. */
export interface AtGate {
  readonly pathway: string;
  readonly gate: string;
  readonly intake: number;
}

/** What pages look at in a published document; the rest of it they only hand on. */
export interface PathwayDocument {
  readonly version: number;
  readonly start: readonly string[];
  readonly intakes: readonly { readonly year: number; readonly places: number }[];
  readonly gates: readonly { readonly event: string }[];
  readonly transitions: readonly {
    readonly id: string;
    readonly title: Schemas['TextDto'];
    readonly from: readonly string[];
    readonly event: string;
  }[];
}

/** An enrolment in the version that the learner joined. */
type InPathway = Pick<EnrolmentSummary, 'pathway' | 'id'>;

const show = (id: string) => answer(http.GET('/v1/pathways/{id}', { params: { path: { id } } }));

/** Something that no gate decides, as far as the rules of the pathway allow it. */
const act = ({ pathway, id }: InPathway, event: string, major = '') =>
  answer(
    http.POST('/v1/pathways/{id}/enrolments/{enrolment}/events', {
      params: { path: { id: pathway, enrolment: id } },
      body: { event, ...(major !== '' && { major }) },
    }),
  );

/** Programmes of several stages, and learners in them. */
export const pathwaysApi = {
  own: (client: Client) =>
    answer(client.GET('/v1/learners/{id}/pathways', { params: { path: { id: 'me' } } })),
  list: () => answer(http.GET('/v1/pathways')),
  show,
  /** The document as it was published. */
  document: async (id: string): Promise<PathwayDocument> =>
    (await show(id)).document as unknown as PathwayDocument,
  /** What a document says, before it is proposed; nothing is stored. */
  check: (document: string) => answer(http.POST('/v1/pathways/check', { body: { document } })),
  publish: (document: string, reason: string) =>
    answer(http.POST('/v1/pathways', { body: { document, reason } })),
  figures: (id: string) =>
    answer(http.GET('/v1/pathways/{id}/figures', { params: { path: { id } } })),
  enrolments: (id: string, intake: number) =>
    all((after) =>
      answer(
        http.GET('/v1/pathways/{id}/enrolments', {
          params: { path: { id }, query: { intake, ...page(after) } },
        }),
      ),
    ),
  /** Without a digest nothing changes; with that of a preview, exactly what it showed is done. */
  run: ({ pathway, gate, intake }: AtGate, digest: string | null) =>
    answer(
      http.POST('/v1/pathways/{id}/gates/{gate}/runs', {
        params: { path: { id: pathway, gate }, query: { preview: digest === null } },
        body: { intake, ...(digest !== null && { digest }) },
      }),
    ),
  enrol: async (id: string, items: NewEnrolment[]) =>
    (
      await answer(
        http.POST('/v1/pathways/{id}/enrolments', { params: { path: { id } }, body: { items } }),
      )
    ).items,
  enrolment: (id: string, enrolment: string) =>
    answer(
      http.GET('/v1/pathways/{id}/enrolments/{enrolment}', {
        params: { path: { id, enrolment } },
      }),
    ),
  act,
  reopen: (enrolment: InPathway) => act(enrolment, 'reopening'),
};
