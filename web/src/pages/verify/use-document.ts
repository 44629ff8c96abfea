import { useMutation } from '@tanstack/react-query';
import { api } from '../../api/client';

/** What somebody was handed and wants to have looked at. */
export type Handed =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly text: string; readonly pin?: string };

/** Has a file or text verified; an act of the reader, so never repeated by itself. */
export function useDocument() {
  return useMutation({
    mutationFn: (handed: Handed) =>
      handed.kind === 'file'
        ? api.verifyFile(handed.file)
        : api.verifyText(handed.text, handed.pin),
  });
}

export type DocumentVerification = ReturnType<typeof useDocument>;
