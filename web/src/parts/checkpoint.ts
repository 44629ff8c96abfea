/** A checkpoint as it is served: a C2SP signed note over name, size and root of a log. */
export interface Note {
  /** What is signed: all up to the empty line, with its last line break. */
  readonly text: string;
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  readonly signatures: readonly Signature[];
}

/** One line under a note: who signed, and what follows the name, in base64. */
export interface Signature {
  readonly name: string;
  readonly blob: string;
}

const LINE = /^— (\S+) (\S+)$/;

/** Null for what is no checkpoint. */
export function parseCheckpoint(signed: string): Note | null {
  const end = signed.lastIndexOf('\n\n');
  if (end < 0) return null;
  const text = signed.slice(0, end + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  if (!/^\d+$/.test(size)) return null;
  const signatures = signed
    .slice(end + 2)
    .split('\n')
    .flatMap((line) => {
      const [, name, blob] = LINE.exec(line) ?? [];
      return name !== undefined && blob !== undefined ? [{ name, blob }] : [];
    });
  return { text, origin, size: Number(size), root, signatures };
}

/** How many entries a checkpoint stands for; null for what is none. */
export function sizeOf(signed: string): number | null {
  return parseCheckpoint(signed)?.size ?? null;
}
