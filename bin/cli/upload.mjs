const POLL_MS = 150;

/** Sends one file to the imports of the key's institution. */
export function uploadFile(service, key, { name, bytes, format, encoding }) {
  const form = new FormData();
  if (format) form.set('format', format);
  if (encoding) form.set('encoding', encoding);
  form.set('file', new Blob([bytes]), name);
  return service.post('/v1/imports', { key, form });
}

/**
 * Waits until an import is in one of the states `until`, or has failed.
 *
 * @param onProgress called with the import whenever the number of rows done has changed
 * @returns the import as the service describes it
 */
export async function watchImport(service, key, id, { until, onProgress = () => {} }) {
  let lastDone;
  for (;;) {
    const { body } = await service.get(`/v1/imports/${id}`, { key, quiet: true });
    if (body.progress && body.progress.rowsDone !== lastDone) {
      lastDone = body.progress.rowsDone;
      onProgress(body);
    }
    if (until.includes(body.state) || body.state === 'failed') return body;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
