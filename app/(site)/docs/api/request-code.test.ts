/** Example requests of every endpoint: valid in each language, with the URL and the fields of the curl command. */
import { execFileSync } from "node:child_process";
import { transformSync } from "esbuild";
import { expect, it } from "vitest";
import { readReference } from "./reference";

const requests = readReference().flatMap(({ endpoints }) =>
  endpoints.flatMap(({ id, requests }) => requests.map(({ code, call }) => ({ id, code, call }))),
);

it("are valid TypeScript", () => {
  for (const { id, code } of requests) expect(() => transformSync(code.typescript, { loader: "ts" }), id).not.toThrow();
});

it("are valid Python", () => {
  const check = "import ast, json, sys\nfor code in json.load(sys.stdin): ast.parse(code)";
  const input = JSON.stringify(requests.map(({ code }) => code.python));
  expect(() => execFileSync("python3", ["-c", check], { input })).not.toThrow();
});

it("send what the curl command sends", async () => {
  const call = requests.find(({ id }) => id === "createUser")?.call;
  const code = requests.find(({ id }) => id === "createUser")?.code;
  const sent: { url: string; init: RequestInit }[] = [];
  const fakeFetch = async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return new Response("{}");
  };
  const { code: script } = transformSync(code?.typescript ?? "", { loader: "ts" });
  const run = new Function("fetch", "process", "console", `return (async () => {${script}})()`);
  await run(fakeFetch, { env: { APP: "app_1", KEY: "foyer_sk_1" } }, { log: () => {} });
  expect(sent[0]?.url).toBe("http://localhost:8000/api/v1/apps/app_1/users");
  expect(sent[0]?.init.method).toBe("POST");
  expect(sent[0]?.init.headers).toEqual({ Authorization: "Bearer foyer_sk_1", "Content-Type": "application/json" });
  expect(JSON.parse(String(sent[0]?.init.body))).toEqual(call?.body);
});

it("name only packages in Go that they use", () => {
  for (const { id, code } of requests)
    for (const [, path = ""] of code.go.matchAll(/^\t"([\w/]+)"$/gm)) {
      const name = path.split("/").at(-1);
      expect(code.go, `${id}: ${path}`).toMatch(new RegExp(`\\b${name}\\.`));
    }
});
