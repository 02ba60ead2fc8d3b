/** HTTP/1.1 by hand, for what a well-behaved client would never send. */
import { connect, type Socket } from "node:net";

export interface RawAnswer {
  status: number;
  headers: Map<string, string>;
  body: string;
  /** Milliseconds until the server closed the connection. */
  ms: number;
}

export interface RawExchange {
  socket: Socket;
  /** Resolves when the server has closed the connection. */
  answer: Promise<RawAnswer>;
}

function parse(text: string, ms: number): RawAnswer {
  const [head = "", ...body] = text.split("\r\n\r\n");
  const [start = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(start.split(" ")[1]), headers: new Map(headers), body: body.join("\r\n\r\n"), ms };
}

/** Opens a connection and sends `text` as it is. */
export function sendRaw(port: number, text: string): RawExchange {
  const started = performance.now();
  const socket = connect(port, "localhost");
  let received = "";
  socket.setEncoding("utf8").on("data", (part) => {
    received += part;
  });
  socket.write(text);
  const answer = new Promise<RawAnswer>((resolve) => {
    // What arrived before a reset is the answer all the same.
    socket.on("error", () => {});
    socket.once("close", () => resolve(parse(received, performance.now() - started)));
  });
  return { socket, answer };
}

export function raw(port: number, text: string): Promise<RawAnswer> {
  return sendRaw(port, text).answer;
}
