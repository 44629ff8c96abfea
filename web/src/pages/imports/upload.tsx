import { useMutation } from '@tanstack/react-query';
import { type DragEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type UploadProgress, uploadFile } from '../../api/upload';
import { Icon } from '../../parts/icon';
import { ProblemNote } from '../../parts/note';

const ACCEPTED = '.csv,.xlsx,.json,.ndjson';

/** Drop a file or choose one; it is sent at once and only checked, nothing is posted. */
export function Upload() {
  const { t } = useTranslation('registrar');
  const navigate = useNavigate();
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState<UploadProgress | null>(null);
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(file, setSent),
    onSuccess: (received) => navigate(`/imports/${received.id}`),
    onSettled: () => setSent(null),
  });
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !upload.isPending) upload.mutate(file);
  };
  return (
    <section
      className={over ? 'drop over' : 'drop'}
      aria-labelledby="upload"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <h2 id="upload">{t('upload.title')}</h2>
      <p>{t('upload.text')}</p>
      {upload.isError && <ProblemNote error={upload.error} />}
      {upload.isPending ? (
        <Sending sent={sent} />
      ) : (
        <FileButton label={t('upload.choose')} onFile={(file) => upload.mutate(file)} />
      )}
      <p className="small soft">{t('upload.formats')}</p>
    </section>
  );
}

function FileButton({ label, onFile }: { label: string; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button main" onClick={() => input.current?.click()}>
        <Icon name="up" />
        {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={ACCEPTED}
        aria-label={label}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // So that the same file, mended, can be chosen again.
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </>
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
