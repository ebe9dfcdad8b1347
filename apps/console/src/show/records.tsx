import type { ReactNode } from 'react';
import classes from './records.module.css';

interface Row {
  key: string;
  /** One for each column. */
  cells: readonly ReactNode[];
  /** No longer in use, and so drawn back. */
  isOver?: boolean;
}

interface RecordsProps {
  /** Read out as the table's name. */
  label: string;
  columns: readonly string[];
  rows: readonly Row[];
}

/** A table; on a phone each row becomes a block in which every value says what it is. */
export function Records({ label, columns, rows }: RecordsProps) {
  return (
    // The roles are said, since a table that is drawn as blocks loses its own.
    <table className={classes.table} role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ key, cells, isOver }) => (
          <tr key={key} role="row" data-over={isOver || undefined}>
            {cells.map((cell, index) => (
              <td key={columns[index]} role="cell" data-label={columns[index]}>
                <div>{cell}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
