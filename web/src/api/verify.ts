import { answer, formOf, http } from './http';

/** What whoever holds a code, a file or a text asks. */
export const verifyApi = {
  verify: (code: string, pin?: string) =>
    answer(http.POST('/v1/verifications', { body: { code, ...(pin !== undefined && { pin }) } })),
  /** Whether what was shown at a look still stands; itself it is no look. */
  standing: (look: string) =>
    answer(http.GET('/v1/verifications/looks/{look}', { params: { path: { look } } })),
  verifyText: (text: string, pin?: string) =>
    answer(
      http.POST('/v1/verifications/texts', { body: { text, ...(pin !== undefined && { pin }) } }),
    ),
  verifyFile: (file: File) =>
    answer(
      http.POST('/v1/verifications/files', {
        // The description knows the bytes as a string; what is sent is the form.
        body: { file: file.name },
        bodySerializer: () => formOf(file),
      }),
    ),
};
