/** A shell runs each shown command, with a curl that prints its arguments. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { type CurlCall, curl, shellQuote } from "./curl";
import { readReference } from "./reference";

const CALL: CurlCall = {
  method: "POST",
  path: "/api/v1/apps/{app_id}/users/{user_id}",
  origin: "https://auth.example",
  parameters: { user_id: "usr_1" },
  query: {},
  form: false,
  credential: "apiKey",
};

/** The arguments that curl would receive. */
async function argumentsOf(command: string): Promise<string[]> {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const env = {
    NODE_ENV: "test" as const,
    APP: "app_1",
    KEY: "the-key",
    TOKEN: "the-token",
    CLIENT: "cli",
    SECRET: "sec",
    METRICS_TOKEN: "m",
  };
  const { stdout } = await promisify(execFile)("/bin/sh", ["-c", script], { env });
  return stdout.split("\0").slice(0, -1);
}

describe("a curl command", () => {
  it("sends JSON unchanged, including quotes", async () => {
    const body = { name: `O'Brien "the \\ one" $HOME \`id\``, more: { a: [1, null] } };
    const [url, ...rest] = await argumentsOf(curl({ ...CALL, body }));
    expect(url).toBe("https://auth.example/api/v1/apps/app_1/users/usr_1");
    expect(rest.slice(0, 5)).toEqual([
      "-H",
      "Authorization: Bearer the-key",
      "-H",
      "Content-Type: application/json",
      "-d",
    ]);
    expect(JSON.parse(rest[5] ?? "")).toEqual(body);
  });

  it("sends a form and encodes only values that need it", async () => {
    const body = { grant_type: "authorization_code", redirect_uri: "https://photos.example/cb?a=b&c" };
    const sent = await argumentsOf(curl({ ...CALL, body, form: true, credential: "clientSecret" }));
    expect(sent.slice(1)).toEqual([
      "-u",
      "cli:sec",
      "-d",
      "grant_type=authorization_code",
      "--data-urlencode",
      "redirect_uri=https://photos.example/cb?a=b&c",
    ]);
  });

  it("names the method unless it is curl's default", async () => {
    expect(await argumentsOf(curl({ ...CALL, method: "GET" }))).not.toContain("-X");
    expect((await argumentsOf(curl({ ...CALL, method: "DELETE" }))).slice(0, 2)).toEqual(["-X", "DELETE"]);
    expect((await argumentsOf(curl(CALL))).slice(0, 2)).toEqual(["-X", "POST"]);
    expect(await argumentsOf(curl({ ...CALL, body: {} }))).not.toContain("-X");
  });

  it.each(["plain", "it's", "''", "$(id)", "a\nb", "\\"])("quotes %j for the shell", async (text) =>
    expect(await argumentsOf(`curl ${shellQuote(text)}`)).toEqual([text]),
  );

  it("of every documented operation is valid shell and has the documented URL", async () => {
    for (const { id, path, requests } of readReference().flatMap(({ endpoints }) => endpoints)) {
      const at = new RegExp(
        `^http://localhost:8000${path.replace("{app_id}", "app_1").replace(/\{\w+\}/g, "[^/]+")}(\\?.*)?$`,
      );
      for (const { code } of requests) {
        const url = (await argumentsOf(code.curl)).find((argument) => argument.startsWith("http"));
        expect(url, id).toMatch(at);
      }
    }
  });
});
