import { describe, expect, it } from "vitest";
import { describeDatabase, isDatabaseUrl, urlsOfHosts } from "./database-urls";

describe("urlsOfHosts", () => {
  it("returns one URL per host, each with user, database and parameters", () => {
    expect(urlsOfHosts("postgres://u:p@one:5432,two,[::1]:5433/foyer?sslmode=require")).toEqual([
      "postgres://u:p@one:5432/foyer?sslmode=require",
      "postgres://u:p@two/foyer?sslmode=require",
      "postgres://u:p@[::1]:5433/foyer?sslmode=require",
    ]);
  });

  it.each(["postgres://u:p@h:5432/foyer", "postgresql://h/foyer", "postgres:///foyer?host=/run/postgresql"])(
    "returns %s unchanged",
    (url) => expect(urlsOfHosts(url)).toEqual([url]),
  );

  it("does not split a password with a comma or an at sign", () => {
    expect(urlsOfHosts("postgres://u:a,b@c@one,two/foyer")).toEqual([
      "postgres://u:a,b@c@one/foyer",
      "postgres://u:a,b@c@two/foyer",
    ]);
  });
});

describe("isDatabaseUrl", () => {
  it.each(["postgres://h/d", "postgresql://u:p@h:1/d", "postgres://u:p@a:1,b:2/d"])("accepts %s", (url) =>
    expect(isDatabaseUrl(url)).toBe(true),
  );
  it.each(["mysql://h/d", "h:5432/d", "postgres", "postgres://a:1,b:x/d", "http://h/d"])("rejects %s", (url) =>
    expect(isDatabaseUrl(url)).toBe(false),
  );
});

it("describes a database without user and password", () => {
  expect(describeDatabase("postgres://u:p@one:1,two/foyer")).toBe("one:1,two:5432/foyer");
});
