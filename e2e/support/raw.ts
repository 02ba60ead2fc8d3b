/** HTTP/1.1 over a plain socket, for requests that an HTTP client would not send. */
import { connect, type Socket } from "node:net";

export interface RawResponse {
  status: number;
  headers: Map<string, string>;
  body: string;
  /** Milliseconds until the server closed the connection. */
  ms: number;
}

export interface RawExchange {
  socket: Socket;
  /** Resolves when the server has closed the connection. */
  response: Promise<RawResponse>;
}

/** The head of a request, after which the server closes the connection. */
export function head(port: number, line: string, ...headers: string[]): string {
  return [line, `Host: localhost:${port}`, "Connection: close", ...headers, "", ""].join("\r\n");
}

function parse(text: string, ms: number): RawResponse {
  const [head = "", ...body] = text.split("\r\n\r\n");
  const [start = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(start.split(" ")[1]), headers: new Map(headers), body: body.join("\r\n\r\n"), ms };
}

/** Opens a connection and sends `text` unchanged. */
export function sendRaw(port: number, text: string): RawExchange {
  const started = performance.now();
  const socket = connect(port, "localhost");
  let received = "";
  socket.setEncoding("utf8").on("data", (part) => {
    received += part;
  });
  socket.write(text);
  const response = new Promise<RawResponse>((resolve) => {
    // A response that arrived before a reset still counts.
    socket.on("error", () => {});
    socket.once("close", () => resolve(parse(received, performance.now() - started)));
  });
  return { socket, response };
}

export function raw(port: number, text: string): Promise<RawResponse> {
  return sendRaw(port, text).response;
}
