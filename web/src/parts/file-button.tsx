import { type DragEvent, useRef, useState } from 'react';
import { Icon } from './icon';

/** A button that lets a file be chosen and hands it on at once. */
export function FileButton(props: {
  label: string;
  /** Endings of file names, as `accept` takes them. */
  accept: string;
  tone?: 'main' | 'plain';
  onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={props.tone === 'plain' ? 'button' : 'button main'}
        onClick={() => input.current?.click()}
      >
        <Icon name="up" />
        {props.label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={props.accept}
        aria-label={props.label}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // So that the same file, mended, can be chosen again.
          event.currentTarget.value = '';
          if (file) props.onFile(file);
        }}
      />
    </>
  );
}

/** What makes an element a place to drop a file on. */
export function useFileDrop(onFile: (file: File) => void) {
  const [isOver, setOver] = useState(false);
  return {
    className: isOver ? 'drop over' : 'drop',
    onDragOver: (event: DragEvent): void => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer.files[0];
      if (file) onFile(file);
    },
  };
}
