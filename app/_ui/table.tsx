// Table. On narrow screens, it hides minor columns, and the fluid column takes the remaining width.
import type { ReactNode } from "react";

export interface Column<Row> {
  label: string;
  /** The label is for screen readers alone, as for a column of buttons. */
  hideLabel?: boolean;
  /** A quieter addition to the label, such as a time zone. */
  note?: ReactNode;
  cell: (row: Row) => ReactNode;
  /** The narrowest screen that shows the column; the first column repeats its important values. */
  from?: keyof typeof shownFrom;
  align?: "end";
  /** Its content can be truncated or wrapped, so the column shrinks on narrow screens. */
  fluid?: boolean;
}

type TableProps<Row> = {
  /** The accessible name of the table. */
  caption: string;
  /** The first column is the row header. */
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** 32 px rows instead of 40, for logs. */
  dense?: boolean;
};

const shownFrom = {
  sm: "hidden sm:table-cell",
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
  xl: "hidden xl:table-cell",
};

export function Table<Row>({ caption, columns, rows, rowKey, dense }: TableProps<Row>) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border border-line bg-surface-raised shadow-sm"
    >
      <table className="w-full border-collapse text-left text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                className={`${dense ? "py-1.5" : "py-2"} font-medium whitespace-nowrap text-ink-muted ${columnClass(column, dense)}`}
              >
                <span className={column.hideLabel ? "sr-only" : undefined}>{column.label}</span>
                {column.note && <span className="ml-1.5 font-normal">{column.note}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="relative border-b border-line last:border-0 hover:bg-surface-sunken/60">
              {columns.map((column, index) => (
                <Cell
                  key={column.label}
                  header={index === 0}
                  className={`${dense ? "py-1.25" : "py-2"} align-middle pointer-coarse:py-2.5 ${columnClass(column, dense)}`}
                >
                  {column.cell(row)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ header, className, children }: { header: boolean; className: string; children: ReactNode }) {
  if (!header) return <td className={className}>{children}</td>;
  return (
    <th scope="row" className={`font-normal ${className}`}>
      {children}
    </th>
  );
}

function columnClass({ from, align, fluid }: Pick<Column<never>, "from" | "align" | "fluid">, dense?: boolean): string {
  const shown = from ? shownFrom[from] : "";
  // Takes all remaining width but requests none.
  const width = fluid ? (dense ? "w-full max-w-0" : "max-sm:w-full max-sm:max-w-0") : "";
  return `px-4 first:pl-6 last:pr-6 ${shown} ${width} ${align === "end" ? "text-right" : ""}`;
}
