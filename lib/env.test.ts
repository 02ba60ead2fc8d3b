import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseEnv } from "./env";
import { StartError } from "./errors";

function problemsOf(source: Record<string, string | undefined>): string[] {
  try {
    parseEnv(source);
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    const [title, ...lines] = (error as Error).message.split("\n");
    expect(title).toBe("These environment variables are invalid:");
    return lines;
  }
  return [];
}

const DATABASE_URL = "postgres://u:p@127.0.0.1:5432/foyer";

describe("a wrong value", () => {
  const wrong: Record<string, string[]> = {
    PORT: ["0", "65536", "-1", "80.5", "http", " 80", "1e3", "9999999999"],
    PUBLIC_URL: [
      "auth.example.com",
      "ftp://auth.example.com",
      "https://auth.example.com/path",
      "https://auth.example.com//",
      "https://auth.example.com/?a=b",
      "https://auth.example.com/#a",
      "https://user@auth.example.com",
      "https://",
      "javascript:alert(1)",
    ],
    DATABASE_URL: [
      "mysql://u:p@h/d",
      "127.0.0.1:5432/foyer",
      "postgres",
      "http://127.0.0.1/foyer",
      "postgres://a:1,b:x/d",
    ],
    DIRECT_URL: ["mysql://u:p@h/d"],
    DATABASE_POOL_SIZE: ["1", "201", "ten"],
    SMTP_URL: ["mail.example.com", "http://mail.example.com"],
    MAIL_FROM: ["Foyer", "Foyer <no-reply>", "a@b@c", "Foyer <a@b", "Foyer a@b", "Foyer\r\nBcc: <eve@example.com>"],
    TRUSTED_PROXIES: ["nginx", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/-1", "::1/129", "10.0.0.0/a"],
    FOYER_ALLOW_LOOPBACK: ["yes", "TRUE", "2"],
    UV_THREADPOOL_SIZE: ["0", "1025", "x"],
    BCRYPT_COST: ["3", "16", "12.5", "high"],
    WEB_CONCURRENCY: ["0", "65", "max"],
    HIBP_URL: ["api.pwnedpasswords.com", "ftp://h/", "https://u:p@h/range/", "https://h/range/?a=b", "https://h/#a"],
    METRICS_TOKEN: ["short", "fifteen-letters"],
    LOG_LEVEL: ["verbose", "INFO"],
  };
  const cases = Object.entries(wrong).flatMap(([name, values]) => values.map((value) => [name, value] as const));

  it.each(cases)("is reported in one line that names the variable: %s=%j", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^ {2}- ${name} \\S`));
  });

  it("is reported together with all others", () => {
    const source = Object.fromEntries(Object.entries(wrong).map(([name, [value]]) => [name, value]));
    const named = problemsOf(source).map((line) => line.trim().split(" ")[1]);
    expect(named.sort()).toEqual(Object.keys(wrong).sort());
  });

  it("of TRUSTED_PROXIES is quoted, because it may be one of many", () => {
    expect(problemsOf({ TRUSTED_PROXIES: "10.0.0.1,nginx, 10.0.0.0/99" })).toEqual([
      expect.stringContaining('TRUSTED_PROXIES "nginx"'),
      expect.stringContaining('TRUSTED_PROXIES "10.0.0.0/99"'),
    ]);
  });
});

describe("an empty environment", () => {
  it("means a development server on port 8000", () => {
    expect(parseEnv({})).toMatchObject({
      PORT: 8000,
      PUBLIC_URL: "http://localhost:8000",
      DATA_DIR: resolve(".data"),
      BCRYPT_COST: 12,
      WEB_CONCURRENCY: 1,
      TRUSTED_PROXIES: [],
      production: false,
      https: false,
      allowLoopback: true,
    });
  });

  it.each(["PORT", "PUBLIC_URL", "DATABASE_URL", "TRUSTED_PROXIES", "METRICS_TOKEN", "LOG_LEVEL", "BCRYPT_COST"])(
    "is also what an empty %s means",
    (name) => expect(parseEnv({ [name]: "" })).toEqual(parseEnv({})),
  );
});

describe("PUBLIC_URL", () => {
  it.each([
    ["https://auth.example.com", "https://auth.example.com"],
    ["https://auth.example.com/", "https://auth.example.com"],
    ["HTTPS://Auth.Example.com", "https://auth.example.com"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://[::1]:3000", "http://[::1]:3000"],
  ])("%s has the origin %s", (given, origin) => expect(parseEnv({ PUBLIC_URL: given }).PUBLIC_URL).toBe(origin));

  it("uses PORT by default", () => expect(parseEnv({ PORT: "9000" }).PUBLIC_URL).toBe("http://localhost:9000"));

  it.each([
    ["http://localhost:8000", true],
    ["http://foyer.localhost", true],
    ["http://127.0.0.1:8000", true],
    ["http://127.9.9.9", true],
    ["http://[::1]:8000", true],
    ["https://auth.example.com", false],
    ["https://localhost.example.com", false],
    ["https://127.0.0.1.example.com", false],
    ["https://notlocalhost", false],
  ])("%s allows outbound calls to loopback by default: %s", (PUBLIC_URL, allowed) =>
    expect(parseEnv({ PUBLIC_URL }).allowLoopback).toBe(allowed),
  );

  it.each([
    ["https://auth.example.com", "on", true],
    ["http://localhost:8000", "off", false],
    ["http://localhost:8000", "0", false],
    ["https://auth.example.com", "true", true],
  ])("%s with FOYER_ALLOW_LOOPBACK=%s allows them: %s", (PUBLIC_URL, FOYER_ALLOW_LOOPBACK, allowed) =>
    expect(parseEnv({ PUBLIC_URL, FOYER_ALLOW_LOOPBACK }).allowLoopback).toBe(allowed),
  );
});

it("DATABASE_URL and DIRECT_URL accept several hosts; DIRECT_URL requires DATABASE_URL", () => {
  const several = "postgres://u:p@one:5432,two:5432/foyer";
  expect(parseEnv({ DATABASE_URL: several, DIRECT_URL: several })).toMatchObject({
    DATABASE_URL: several,
    DIRECT_URL: several,
  });
  expect(problemsOf({ DIRECT_URL: several })).toEqual([expect.stringContaining("DIRECT_URL requires DATABASE_URL")]);
});

describe("FOYER_SECRET", () => {
  const given = { FOYER_GIVEN_NODE_ENV: "production", DATABASE_URL };

  it("is required with NODE_ENV=production and a DATABASE_URL", () => {
    expect(problemsOf(given)).toEqual([expect.stringMatching(/FOYER_SECRET is required .*openssl rand/)]);
    expect(problemsOf({ ...given, FOYER_SECRET: "" })).toHaveLength(1);
    expect(problemsOf({ NODE_ENV: "production", DATABASE_URL })).toHaveLength(1);
  });

  it.each([
    ["it is set", { ...given, FOYER_SECRET: "a-secret" }],
    ["the database is embedded, in the same folder as the secret", { FOYER_GIVEN_NODE_ENV: "production" }],
    [
      "only the start script chose production",
      { NODE_ENV: "production", FOYER_GIVEN_NODE_ENV: "development", DATABASE_URL },
    ],
    ["NODE_ENV is development", { NODE_ENV: "development", DATABASE_URL }],
  ])("is no problem if %s", (_, source) => expect(problemsOf(source)).toEqual([]));

  it("appears in no message", () => {
    const FOYER_SECRET = "the-secret-itself";
    expect(problemsOf({ PORT: "x", FOYER_SECRET, DATABASE_URL }).join()).not.toContain(FOYER_SECRET);
  });
});

describe("TRUSTED_PROXIES", () => {
  it("is a list of addresses and ranges", () =>
    expect(parseEnv({ TRUSTED_PROXIES: " 10.0.0.0/8, ::1 ,fd00::/8,," }).TRUSTED_PROXIES).toEqual([
      "10.0.0.0/8",
      "::1",
      "fd00::/8",
    ]));
});

describe("MAIL_FROM", () => {
  it.each(["no-reply@example.com", "Foyer <no-reply@example.com>", "<no-reply@example.com>"])(
    "may be %s",
    (MAIL_FROM) => expect(parseEnv({ MAIL_FROM }).MAIL_FROM).toBe(MAIL_FROM),
  );
});
