import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers are aligned to the right where the table has room. */
  readonly number?: boolean;
  /** A date or a moment, which stays on one line where the table has room. */
  readonly date?: boolean;
}

/**
 * A table that turns into labelled cards where it does not fit. The roles are written out because
 * browsers drop them from a table that is laid out as blocks. The first column names the row.
 */
export function DataTable<Row>(props: {
  caption: string;
  hideCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}) {
  return (
    <div className="table-box">
      <table className="table" role="table">
        <caption className={props.hideCaption ? 'visually-hidden' : undefined}>
          {props.caption}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {props.columns.map((column) => (
              <th key={column.key} role="columnheader" scope="col" className={classOf(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)} role="row">
              {props.columns.map((column, index) => (
                <Cell key={column.key} column={column} row={row} names={index === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf<Row>({ number, date }: Column<Row>): string | undefined {
  if (number) return 'number';
  return date ? 'date' : undefined;
}

function Cell<Row>(props: { column: Column<Row>; row: Row; names: boolean }) {
  const className = classOf(props.column);
  if (props.names) {
    return (
      <th role="rowheader" scope="row" className={className}>
        {props.column.cell(props.row)}
      </th>
    );
  }
  return (
    <td role="cell" className={className}>
      <span className="cell-label" aria-hidden="true">
        {props.column.head}
      </span>
      <div>{props.column.cell(props.row)}</div>
    </td>
  );
}
