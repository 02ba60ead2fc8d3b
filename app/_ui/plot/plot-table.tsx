// Table with the numbers of a plot, for screen readers.
import type { PlotData } from "./series";

export function PlotTable({ title, steps, series, previous }: PlotData & { title: string }) {
  return (
    // The box is hidden, since a table can't be made small itself.
    <div className="sr-only">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
            {previous && <th scope="col">{previous.label}</th>}
          </tr>
        </thead>
        <tbody>
          {steps.map(({ name }, step) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {series.map(({ label, values }) => (
                <td key={label}>{values[step]}</td>
              ))}
              {previous && <td>{previous.values[step]}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
