import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon';
import { ProblemNote } from './note';

/**
 * Fetches a file and hands it to the browser to be kept. Unlike a link it says that it is at work,
 * and shows a refusal as one instead of keeping it as the file.
 */
export function DownloadButton(props: {
  label: string;
  fileName: string;
  load: () => Promise<Blob>;
  isMain?: boolean;
  disabled?: boolean;
}) {
  const { t } = useTranslation();
  const download = useMutation({
    mutationFn: props.load,
    onSuccess: (file) => keep(file, props.fileName),
  });
  return (
    <>
      <button
        type="button"
        className={props.isMain ? 'button main' : 'button'}
        disabled={(props.disabled ?? false) || download.isPending}
        onClick={() => download.mutate()}
      >
        <Icon name={download.isSuccess ? 'check' : 'down'} />
        <span aria-live="polite">
          {download.isPending
            ? t('download.busy')
            : download.isSuccess
              ? t('download.done')
              : props.label}
        </span>
      </button>
      {download.isError && <ProblemNote error={download.error} />}
    </>
  );
}

const KEPT_MS = 60_000;

function keep(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
