/** A file that is written while it is read: as long as it may be, it takes the memory of a page of it. */
import { log } from "../log";
import { NO_STORE } from "./respond";

const CHUNK_LENGTH = 32 * 1024;

/** Whoever stops reading stops the writing: the generator ends where it is. */
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
        // The status is sent already; a file that breaks off must not look complete.
        log().warn({ err: error }, "a download broke off");
        controller.error(error);
      }
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
}

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" };

/** @param name the file's, without its ending; of letters, digits and dashes */
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
