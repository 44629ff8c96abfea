/** What the browser's reader of bar and QR codes does; not every browser has one. */
interface CodeReader {
  detect(picture: HTMLVideoElement | ImageBitmap): Promise<readonly { rawValue: string }[]>;
}

type CodeReaderClass = new (options: { formats: readonly string[] }) => CodeReader;

const FORMATS = ['qr_code', 'code_128', 'ean_13'];

function readerClass(): CodeReaderClass | undefined {
  return (window as { BarcodeDetector?: CodeReaderClass }).BarcodeDetector;
}

/** Whether this browser can read codes through a camera. Cameras open on secure addresses only. */
export function canScan(): boolean {
  return readerClass() !== undefined && 'mediaDevices' in navigator;
}

/** @returns a reader; undefined where the browser has none */
export function codeReader(): CodeReader | undefined {
  const Reader = readerClass();
  return Reader && new Reader({ formats: FORMATS });
}

/** The code in a photograph; undefined when there is none, or nothing here can read it. */
export async function codeInPhoto(photo: Blob): Promise<string | undefined> {
  const reader = codeReader();
  if (!reader) return undefined;
  const picture = await createImageBitmap(photo);
  try {
    return (await reader.detect(picture))[0]?.rawValue;
  } finally {
    picture.close();
  }
}
