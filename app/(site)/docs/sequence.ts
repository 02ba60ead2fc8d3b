/** Parser of the part of Mermaid's sequence diagrams that the documentation uses. */

export interface Message {
  from: string;
  to: string;
  text: string;
  /** A response. */
  dashed: boolean;
}

export interface Sequence {
  participants: { id: string; label: string }[];
  messages: Message[];
}

const PARTICIPANT = /^participant (\w+)(?: as (.+))?$/;
const MESSAGE = /^(\w+)(--?>>)(\w+): (.+)$/;

/** @throws Error for a line that it doesn't know, and for a name that isn't a participant */
export function parseSequence(source: string): Sequence {
  const [first, ...lines] = source.split("\n").map((line) => line.trim());
  if (first !== "sequenceDiagram") throw new Error(`Not a sequence diagram: ${first}`);
  const sequence: Sequence = { participants: [], messages: [] };
  for (const line of lines.filter((text) => text && text !== "autonumber")) {
    const [, id, label = id] = PARTICIPANT.exec(line) ?? [];
    const [, from, arrow, to, text] = MESSAGE.exec(line) ?? [];
    if (id && label) sequence.participants.push({ id, label });
    else if (from && to && text) sequence.messages.push({ from, to, text, dashed: arrow === "-->>" });
    else throw new Error(`The diagram has an unknown line: ${line}`);
  }
  const known = new Set(sequence.participants.map(({ id }) => id));
  const unknown = sequence.messages.flatMap(({ from, to }) => [from, to]).find((name) => !known.has(name));
  if (unknown) throw new Error(`The diagram has no participant ${unknown}`);
  return sequence;
}
