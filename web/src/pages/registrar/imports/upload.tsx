import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ENCODINGS, type Encoding, type UploadProgress, uploadFile } from '../../../api/upload';
import { FileButton, useFileDrop } from '../../../parts/file-button';
import { ProblemNote } from '../../../parts/note';
import { SelectField } from '../../../parts/text-field';

const ACCEPTED = '.csv,.xlsx,.json,.ndjson';

/** Drop a file or choose one; it is sent at once and only checked, nothing is posted. */
export function Upload() {
  const { t } = useTranslation('registrar');
  const navigate = useNavigate();
  const [sent, setSent] = useState<UploadProgress | null>(null);
  const [encoding, setEncoding] = useState<Encoding | null>(null);
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile({ file, encoding }, setSent),
    onSuccess: (received) => navigate(`/registrar/imports/${received.id}`),
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
      <EncodingField value={encoding} onChange={setEncoding} />
    </section>
  );
}

/** For the rare file whose letters are not found out right. */
function EncodingField(props: {
  value: Encoding | null;
  onChange: (encoding: Encoding | null) => void;
}) {
  const { t } = useTranslation('registrar');
  return (
    <details>
      <summary>{t('upload.garbled')}</summary>
      <div className="inside">
        <SelectField
          label={t('upload.encoding')}
          hint={t('upload.encodingHint')}
          value={props.value ?? ''}
          options={[
            ['', t('upload.automatic')] as const,
            ...ENCODINGS.map((one) => [one, one.toUpperCase()] as const),
          ]}
          onChange={(value) => props.onChange(value === '' ? null : value)}
        />
      </div>
    </details>
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
