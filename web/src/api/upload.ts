import { preferences } from '../preferences';
import { problemOf } from './problem';
import type { Import } from './types';

/** How the letters of a CSV are written. */
export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le'] as const;

export type Encoding = (typeof ENCODINGS)[number];

export interface UploadProgress {
  readonly bytesSent: number;
  readonly bytesTotal: number;
}

/**
 * Sends a file to `POST /v1/imports`; without an encoding the service finds it out. XMLHttpRequest, because fetch cannot tell how much of a body
 * has been sent, and a slow line with a large file is the usual case at a school.
 */
export function uploadFile(
  { file, encoding }: { file: File; encoding: Encoding | null },
  onProgress: (progress: UploadProgress) => void,
): Promise<Import> {
  const body = new FormData();
  // Before the file: the service reads the fields in their order.
  if (encoding !== null) body.append('encoding', encoding);
  body.append('file', file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/v1/imports');
    request.setRequestHeader('accept-language', preferences.get().language);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress({ bytesSent: loaded, bytesTotal: total }),
    );
    request.addEventListener('error', () => reject(new Error('the service cannot be reached')));
    request.addEventListener('load', () => {
      const answer = parsed(request.responseText);
      if (request.status < 300) resolve(answer as Import);
      else reject(problemOf(request.status, answer));
    });
    request.send(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
