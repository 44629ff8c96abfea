const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  dash: 'M6 12h12',
  clock: 'M12 7v5l3.5 2M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M5.5 11h13v9h-13z',
  swap: 'M5 9h13l-3.5-3.5M19 15H6l3.5 3.5',
  undo: 'M8.5 6L5 9.5L8.5 13M5 9.5h9a5 5 0 0 1 0 10h-4',
  file: 'M7 3.5h7l4 4v13H7zM13.5 3.5V8H18',
  up: 'M12 19V6M6.5 11.5L12 6l5.5 5.5',
  down: 'M12 5v13M6.5 12.5L12 18l5.5-5.5',
  warn: 'M12 4.5l8.5 15h-17zM12 10v4.5M12 17v.5',
  search: 'M10.5 4.5a6 6 0 1 0 0 12a6 6 0 0 0 0-12M15 15l5 5',
  share: 'M12 15V4M8 8l4-4l4 4M6 12v8h12v-8',
  print: 'M7 9V4h10v5M7 16H4.5V9h15v7H17M7 14h10v6H7z',
  person: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 20a7.5 7.5 0 0 1 15 0',
  text: 'M4 18L9 6l5 12M5.8 14h6.4M15.5 18l2.8-7l2.7 7M16.4 16h3.8',
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  question:
    'M9 9.5a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 1.9M12 17v.5M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17',
  eye: 'M3 12s3.5-6 9-6s9 6 9 6s-3.5 6-9 6s-9-6-9-6M12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  again: 'M19 8a8 8 0 1 0 1 6M19 3.5V8h-4.5',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside a word that says the same; assistive technology reads the word. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
