import { describe, expect, it } from "vitest";
import { MAX_PASSWORD_BYTES, passwordProblem } from "./password-policy";

const CONTEXT = { email: "bob.smith@example.com", appName: "Photo Blog" };

describe("passwordProblem (NIST SP 800-63B-4 §3.1.1)", () => {
  it.each([
    ["", 8, /at least 8/],
    ["a1b2c3d", 8, /at least 8/],
    ["🦊🐺🦊🐺", 8, /at least 8/],
    ["ä".repeat(7), 8, /at least 8/],
    ["a\u0308".repeat(7), 8, /at least 8/],
    ["bob.smith@example.com", 8, /email address/],
    ["Bob.Smith@Example.com", 8, /email address/],
    ["bob.smith", 8, /email address/],
    ["BOB_SMITH", 8, /email address/],
    ["Photo Blog", 8, /name of the app/],
    ["photoblog", 8, /name of the app/],
    ["PHOTO-BLOG!", 8, /name of the app/],
    ["a1b2c3d4e5f6g7h", 16, /at least 16/],
    ["x".repeat(MAX_PASSWORD_BYTES + 1), 8, /at most 1024 bytes/],
    ["ä".repeat(513), 8, /at most 1024 bytes/],
    ["password", 8, /common/],
    ["PassWord", 8, /common/],
    ["12345678", 8, /common/],
    ["qwertyuiop", 8, /common/],
    ["iloveyou", 8, /common/],
  ])("rejects %j with a minimum of %i: %s", (password, minimum, problem) =>
    expect(passwordProblem(password, minimum, CONTEXT)).toMatch(problem),
  );

  it.each([
    ["correct horse battery", 8],
    ["z8#kq2Vw", 8],
    ["ä".repeat(8), 8],
    ["🦊".repeat(8), 8],
    ["photo blog of bob", 8],
    ["bob.smith7", 8],
    ["        zq", 8],
    ["x".repeat(1024), 8],
    ["v".repeat(64), 64],
    ["漢字かな交じり文", 8],
  ])("accepts %j with a minimum of %i, without composition rules", (password, minimum) =>
    expect(passwordProblem(password, minimum, CONTEXT)).toBeNull(),
  );
});
