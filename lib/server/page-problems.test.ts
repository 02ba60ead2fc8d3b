import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { RequestContext } from "../request-context";
import { explainPageProblem } from "./page-problems";
import { replaceAnswer } from "./replace-answer";

let close = () => {};
afterEach(() => close());

/** Serves as Next does, and returns the response to a POST. */
async function post(
  answer: RequestListener,
  headers: Record<string, string> = {},
  facts: Partial<RequestContext> = {},
): Promise<Response> {
  const server = createServer((request, response) => {
    const caller = { requestId: "req_1", ip: null, userAgent: null, ...facts };
    replaceAnswer(request, response, caller.requestId, explainPageProblem(request, caller, "/dashboard/new"));
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => server.close();
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { method: "POST", headers });
}

const unknownAction: RequestListener = (_, response) => {
  response.setHeader("x-nextjs-action-not-found", "1");
  response.setHeader("content-type", "text/plain");
  response.setHeader("Content-Length", 24);
  response.statusCode = 404;
  response.end("Server action not found.");
};

it("replaces Next's answer to a form of another version with a page that links back", async () => {
  const response = await post(unknownAction);
  expect(response.status).toBe(409);
  expect(response.headers.get("content-type")).toContain("text/html");
  const text = await response.text();
  expect(text).toContain("This page was out of date");
  expect(text).toContain('<a href="/dashboard/new">');
  expect(text).not.toContain("Server action not found");
});

it("replaces it also when the headers are written first, as by a compression", async () => {
  const response = await post((request, answer) => {
    const end = answer.end.bind(answer);
    answer.end = ((text: string) => answer.writeHead(answer.statusCode) && end(text)) as typeof answer.end;
    unknownAction(request, answer);
  });
  expect([response.status, response.headers.get("content-length")]).toEqual([409, null]);
  expect(await response.text()).toContain("This page was out of date");
});

it("leaves the answer to the page's script, which reads the header", async () => {
  const response = await post(unknownAction, { "next-action": "7f00" });
  expect(response.status).toBe(404);
  expect(await response.text()).toBe("Server action not found.");
});

it("leaves all other answers", async () => {
  const response = await post(
    (_, answer) => void answer.writeHead(200, { "content-type": "text/html" }).end("<p>done"),
  );
  expect([response.status, await response.text()]).toEqual([200, "<p>done"]);
});

const failure: RequestListener = (_, response) => {
  response.statusCode = 500;
  response.setHeader("content-type", "text/plain");
  response.end("Internal Server Error");
};
const MULTIPART = { "content-type": "multipart/form-data; boundary=x" };

it.each([[MULTIPART], [{ "next-action": "7f00", "content-type": "text/plain" }]])(
  "explains an action whose arguments can't be decoded: %j",
  async (headers) => {
    const response = await post(failure, headers);
    expect([response.status, response.headers.get("x-request-id")]).toEqual([400, "req_1"]);
    expect(await response.text()).toContain("This form could not be read");
  },
);

it("leaves the failure of an action that ran, and of a page", async () => {
  expect((await post(failure, MULTIPART, { ranAction: true })).status).toBe(500);
  expect((await post(failure)).status).toBe(500);
});

it("explains an unavailable database, and reloads nothing after a POST", async () => {
  const response = await post(failure, MULTIPART, { isUnavailable: true });
  expect([response.status, response.headers.get("retry-after"), response.headers.get("refresh")]).toEqual([
    503,
    "5",
    null,
  ]);
});
