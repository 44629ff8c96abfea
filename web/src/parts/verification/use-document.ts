import { useMutation } from '@tanstack/react-query';
import { ApiProblem } from '../../api/problem';
import type { DocumentAnswer } from '../../api/types';
import { verifyApi } from '../../api/verify';
import { codeInPhoto } from './scan';

/** What somebody was handed and wants to have looked at. */
export type Handed =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly text: string; readonly pin?: string };

/** Has a file or text verified; an act of the reader, so never repeated by itself. */
export function useDocument() {
  return useMutation({
    mutationFn: (handed: Handed) =>
      handed.kind === 'file'
        ? verifyFile(handed.file)
        : verifyApi.verifyText(handed.text, handed.pin),
  });
}

export type DocumentVerification = ReturnType<typeof useDocument>;

/** Pictures in which the service finds no credential; there may be a code to be seen on them. */
const PHOTOS = ['document-picture', 'document-without-credential'];

async function verifyFile(file: File): Promise<DocumentAnswer> {
  try {
    return await verifyApi.verifyFile(file);
  } catch (error) {
    const isPhoto = error instanceof ApiProblem && PHOTOS.includes(error.code);
    const code = isPhoto && file.type.startsWith('image/') ? await seenIn(file) : undefined;
    if (code === undefined) throw error;
    return verifyApi.verifyText(code);
  }
}

/** A picture that cannot be opened shows nothing. */
function seenIn(file: File): Promise<string | undefined> {
  return codeInPhoto(file).catch(() => undefined);
}
