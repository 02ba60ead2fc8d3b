// Faults of the stand-in, chosen per sign-in.
import { once } from "node:events";

async function sendMegabytes(response, megabytes) {
  const part = Buffer.alloc(2 ** 16, "x");
  const closed = once(response, "close");
  response.setHeader("content-type", "application/json");
  for (let sent = 0; sent < megabytes * 2 ** 20 && !response.destroyed; sent += part.length)
    if (!response.write(part)) await Promise.race([once(response, "drain"), closed]);
  response.end();
}

function say(response, type, text, status = 200, headers = {}) {
  response.writeHead(status, { "content-type": type, ...headers }).end(text);
}

const WAYS = {
  hang: () => {},
  html: (response) => say(response, "text/html", "<h1>Unicorn!</h1>"),
  500: (response) => say(response, "application/json", '{"message":"Server Error"}', 500),
  large: (response) => sendMegabytes(response, 50),
  redirect: (response) => say(response, "text/plain", "", 302, { location: "/elsewhere" }),
  nonsense: (response) => say(response, "application/json", '{"id":"0","login":7,"access_token":[]}'),
  // Like GitHub, with status 200.
  error: (response) => say(response, "application/json", '{"error":"incorrect_client_credentials"}'),
};

/** `fault` is `<endpoint>:<kind>`. Returns whether the fault has handled the request. */
export async function misbehaves(fault, place, response) {
  const [where, how] = (fault ?? "").split(":");
  if (where !== place || !WAYS[how]) return false;
  await WAYS[how](response);
  return true;
}
