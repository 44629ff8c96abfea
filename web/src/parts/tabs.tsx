/** Which part of a list is shown; the pressed one says so to everybody. */
export function Tabs<Key extends string | null>(props: {
  label: string;
  tabs: readonly { key: Key; label: string }[];
  chosen: Key;
  onChoose: (key: Key) => void;
}) {
  return (
    <div className="row tabs no-print" role="group" aria-label={props.label}>
      {props.tabs.map(({ key, label }) => (
        <button
          key={key ?? ''}
          type="button"
          className={key === props.chosen ? 'button main' : 'button'}
          aria-pressed={key === props.chosen}
          onClick={() => props.onChoose(key)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
