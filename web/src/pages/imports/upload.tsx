import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type UploadProgress, uploadFile } from '../../api/upload';
import { FileButton, useFileDrop } from '../../parts/file-button';
import { ProblemNote } from '../../parts/note';

const ACCEPTED = '.csv,.xlsx,.json,.ndjson';

/** Drop a file or choose one; it is sent at once and only checked, nothing is posted. */
export function Upload() {
  const { t } = useTranslation('registrar');
  const navigate = useNavigate();
  const [sent, setSent] = useState<UploadProgress | null>(null);
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(file, setSent),
    onSuccess: (received) => navigate(`/imports/${received.id}`),
    onSettled: () => setSent(null),
  });
  const drop = useFileDrop((file) => {
    if (!upload.isPending) upload.mutate(file);
  });
  return (
    <section aria-labelledby="upload" {...drop}>
      <h2 id="upload">{t('upload.title')}</h2>
      <p>{t('upload.text')}</p>
      {upload.isError && <ProblemNote error={upload.error} />}
      {upload.isPending ? (
        <Sending sent={sent} />
      ) : (
        <FileButton
          label={t('upload.choose')}
          accept={ACCEPTED}
          onFile={(file) => upload.mutate(file)}
        />
      )}
      <p className="small soft">{t('upload.formats')}</p>
    </section>
  );
}

function Sending({ sent }: { sent: UploadProgress | null }) {
  const { t } = useTranslation('registrar');
  const id = useId();
  return (
    <div role="status">
      <label htmlFor={id}>{t('upload.sending')}</label>
      <progress
        id={id}
        className="tall"
        {...(sent && { value: sent.bytesSent, max: sent.bytesTotal })}
      />
    </div>
  );
}
