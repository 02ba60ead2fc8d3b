import { describe, expect, it, vi } from "vitest";
import {
  type AppError,
  fail,
  failInput,
  failNotFound,
  failRateLimited,
  failUnavailable,
  isAppError,
  StartError,
} from "./errors";

function thrownBy(run: () => never): AppError {
  try {
    return run();
  } catch (error) {
    return error as AppError;
  }
}

describe("isAppError", () => {
  it("recognizes an error of another copy of the module by its brand", async () => {
    vi.resetModules();
    const copy = await import("./errors");
    const foreign = thrownBy(() => copy.fail(400, "a", "b"));
    const { AppError } = await import("./errors");
    expect(copy.AppError).toBe(AppError);
    expect(Object.getPrototypeOf(foreign)).not.toBe(Object.getPrototypeOf(thrownBy(() => fail(400, "a", "b"))));
    expect(isAppError(foreign)).toBe(true);
  });

  it.each([new Error("no"), new StartError("no"), { status: 400, code: "x" }, null, undefined, "no", 400])(
    "is false for %j",
    (value) => expect(isAppError(value)).toBe(false),
  );
});

describe("failures", () => {
  it.each([
    [
      "input",
      () => failInput({ email: "is missing", name: "is odd" }),
      400,
      "invalid_request",
      "email: is missing",
      undefined,
    ],
    [
      "not found",
      () => failNotFound("The app", "app x"),
      404,
      "not_found",
      "The app was not found. Check the ID.",
      undefined,
    ],
    ["unavailable", () => failUnavailable("Busy.", undefined, 7), 503, "temporarily_unavailable", "Busy.", "7"],
    ["rate", () => failRateLimited(30), 429, "rate_limited", "Too many attempts. Try again in 30 seconds.", "30"],
  ] as const)("%s", (_, run, status, code, description, retryAfter) => {
    const error = thrownBy(run);
    expect(error).toMatchObject({ status, code, description, message: description });
    expect(error.options.headers?.["Retry-After"]).toBe(retryAfter);
  });

  it("keep their cause for the log", () => {
    const cause = new Error("the inside");
    const error = thrownBy(() => failUnavailable("Busy.", cause));
    expect(error.cause).toBe(cause);
    expect(error.description).not.toContain("inside");
  });

  it("of input name each field", () =>
    expect(thrownBy(() => failInput({ a: "x", b: "y" })).options.fields).toEqual({ a: "x", b: "y" }));
});
