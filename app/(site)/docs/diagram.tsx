// Sequence diagram, drawn from Mermaid's notation, which GitHub draws, too. Its steps are also a list of text.
import { type Message, parseSequence } from "./sequence";

const COLUMN = 166;
const ROW = 46;
const TOP = 52;
const HALF = COLUMN / 2;
const BOX = 128;

export function SequenceDiagram({ title, source }: { title: string; source: string }) {
  const { participants, messages } = parseSequence(source);
  const names = new Map(participants.map(({ id, label }) => [id, label]));
  const x = (id: string) => HALF + participants.findIndex((participant) => participant.id === id) * COLUMN;
  const [width, height] = [participants.length * COLUMN, TOP + messages.length * ROW + 12];
  return (
    <figure className="mt-5 mb-6 rounded-md border border-line bg-surface-raised shadow-sm">
      <figcaption className="border-b border-line px-4 py-2 text-sm font-medium">{title}</figcaption>
      <section
        aria-label={`Diagram: ${title}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto px-2 py-4 -outline-offset-2"
      >
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          aria-hidden="true"
          className="mx-auto block max-w-none text-ink"
        >
          {participants.map(({ id, label }) => (
            <g key={id}>
              <line x1={x(id)} y1={32} x2={x(id)} y2={height} className="stroke-line-strong" strokeDasharray="3 4" />
              <rect
                x={x(id) - BOX / 2}
                y={1}
                width={BOX}
                height={31}
                rx={6}
                className="fill-surface-sunken stroke-line-strong"
              />
              <text x={x(id)} y={21} textAnchor="middle" className="fill-ink text-sm font-medium">
                {label}
              </text>
            </g>
          ))}
          {messages.map((message, index) => {
            const number = index + 1;
            const y = TOP + index * ROW + 26;
            return <Arrow key={number} number={number} message={message} y={y} x={x} last={participants.at(-1)?.id} />;
          })}
        </svg>
      </section>
      <details className="border-t border-line px-4 py-2 text-sm">
        <summary className="w-fit cursor-pointer rounded-sm text-ink-muted hover:text-ink">Steps as text</summary>
        <ol className="mt-2 grid list-decimal gap-1 pl-5.5">
          {messages.map(({ from, to, text }) => (
            <li key={`${from} ${to} ${text}`}>
              {from === to ? names.get(from) : `${names.get(from)} → ${names.get(to)}`}: {text}
            </li>
          ))}
        </ol>
      </details>
    </figure>
  );
}

interface ArrowProps {
  number: number;
  message: Message;
  y: number;
  x: (id: string) => number;
  /** The participant at the right edge: what it sends to itself is drawn on its left. */
  last: string | undefined;
}

function Arrow({ number, message: { from, to, text, dashed }, y, x, last }: ArrowProps) {
  const [start, own] = [x(from), from === to];
  const side = from === last ? -1 : 1;
  const direction = own ? -side : Math.sign(x(to) - start);
  const tip = (own ? start : x(to)) - direction * 2;
  const path = own
    ? `M${start} ${y - 6}h${30 * side}v14H${tip - 3 * direction}`
    : `M${start} ${y}H${tip - direction * 3}`;
  const tipY = own ? y + 8 : y;
  const head = `M${tip} ${tipY}l${-8 * direction} -4.5v9Z`;
  return (
    <>
      <path d={path} fill="none" className="stroke-accent" strokeWidth={1.5} strokeDasharray={dashed ? "5 4" : ""} />
      <path d={head} className="fill-accent" />
      <text
        x={own ? start + 38 * side : (start + x(to)) / 2}
        y={own ? y + 5 : y - 8}
        textAnchor={!own ? "middle" : side > 0 ? "start" : "end"}
        // An outline in the color of the ground keeps the text readable over lifelines.
        className="fill-ink-muted stroke-surface-raised text-xs [paint-order:stroke]"
        strokeWidth={5}
      >
        {number}. {text}
      </text>
    </>
  );
}
