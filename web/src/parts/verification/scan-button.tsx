import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogButton } from '../dialog-button';
import { Icon } from '../icon';
import { Note } from '../note';
import { canScan, codeReader } from './scan';

const LOOK_EVERY_MS = 250;

/** Reads a code through the camera. Absent where the browser cannot; then it is typed. */
export function ScanButton({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation('verify');
  if (!canScan()) return null;
  const label = (
    <>
      <Icon name="scan" />
      {t('box.scan')}
    </>
  );
  return (
    <DialogButton label={label} title={t('box.scan')}>
      {(close) => (
        <>
          <Camera
            onText={(text) => {
              close();
              onText(text);
            }}
          />
          <p className="dialog-actions">
            <button type="button" className="button" onClick={close}>
              {t('box.scanStop')}
            </button>
          </p>
        </>
      )}
    </DialogButton>
  );
}

/** What the camera sees, until there is a code in it. The pictures stay in this browser. */
function Camera({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation('verify');
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setRefused] = useState(false);
  const found = useRef(onText);
  found.current = onText;
  useEffect(() => {
    const stop = new AbortController();
    watch(video.current, stop.signal).then(
      (text) => text !== undefined && found.current(text),
      () => setRefused(true),
    );
    return () => stop.abort();
  }, []);
  if (isRefused) {
    return (
      <Note tone="wait" urgent title={t('box.scanRefused')}>
        <p>{t('box.scanRefusedAdvice')}</p>
      </Note>
    );
  }
  return (
    <>
      <p>{t('box.scanHow')}</p>
      <video ref={video} className="camera" muted playsInline aria-label={t('box.scanHow')} />
    </>
  );
}

/** @returns the first code seen; undefined when it was stopped before */
async function watch(
  video: HTMLVideoElement | null,
  signal: AbortSignal,
): Promise<string | undefined> {
  const reader = codeReader();
  if (!video || !reader) return undefined;
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment' },
  });
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const [code] = await reader.detect(video);
      if (code) return code.rawValue;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    stream.getTracks().forEach((track) => track.stop());
  }
}
