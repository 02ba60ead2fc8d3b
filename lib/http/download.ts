/** File downloads, streamed: a file of any length needs the memory of one chunk. */
import { log } from "../log";
import { NO_STORE } from "./respond";

const CHUNK_LENGTH = 32 * 1024;

/** When the client closes the connection, the generator is stopped. */
function streamOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      let text = "";
      try {
        while (text.length < CHUNK_LENGTH) {
          const next = await parts.next();
          if (next.done) {
            if (text) controller.enqueue(encoder.encode(text));
            controller.close();
            return;
          }
          text += next.value;
        }
        controller.enqueue(encoder.encode(text));
      } catch (error) {
        // The status was sent already. An error makes the client notice that the file is
        // incomplete.
        log().warn({ err: error }, "download aborted");
        controller.error(error);
      }
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
}

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" };

/** @param name without the extension; only letters, digits and dashes */
export function download(name: string, format: keyof typeof TYPES, parts: AsyncGenerator<string>): Response {
  return new Response(streamOf(parts), {
    headers: {
      ...NO_STORE,
      "Content-Type": TYPES[format],
      "Content-Disposition": `attachment; filename="${name}.${format}"`,
      "X-Content-Type-Options": "nosniff",
    },
  });
}
