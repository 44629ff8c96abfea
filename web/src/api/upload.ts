import { preferences } from '../preferences';
import { problemOf } from './problem';
import type { Import } from './types';

export interface UploadProgress {
  readonly bytesSent: number;
  readonly bytesTotal: number;
}

/**
 * Sends a file to `POST /v1/imports`. XMLHttpRequest, because fetch cannot tell how much of a body
 * has been sent, and a slow line with a large file is the usual case at a school.
 */
export function uploadFile(
  file: File,
  onProgress: (progress: UploadProgress) => void,
): Promise<Import> {
  const body = new FormData();
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
