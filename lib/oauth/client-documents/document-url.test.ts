import { describe, expect, it } from "vitest";
import { documentUrlProblem, isUrlClientId } from "./document-url";

describe("the URL of a metadata document", () => {
  it.each([
    "https://agent.example/client.json",
    "https://agent.example/",
    "https://agent.example:8443/oauth/client",
    "https://agent.example/client?v=1",
    "https://127.0.0.1:8443/client",
  ])("may be %s", (url) => {
    expect(isUrlClientId(url)).toBe(true);
    expect(documentUrlProblem(url)).toBeNull();
  });

  it.each([
    "http://agent.example/client",
    "https://agent.example",
    "https://agent.example?x",
    "https://agent.example/client#",
    "https://agent.example/client#x",
    "https://user@agent.example/client",
    "https://user:pass@agent.example/client",
    "https://@agent.example/client",
    "https://agent.example/a/../client",
    "https://agent.example/./client",
    "https://agent.example/a/%2e%2E/client",
    "https://agent.example/a/..",
    "https://Agent.example/client",
    "https://agent.example:443/client",
    "https:agent.example/client",
    "https:///agent.example/client",
    "https://agent.example\\@evil.example/client",
    "https://agent.example/the client",
    "https://agent.example/\u00e4",
    "https://\u00e4.example/client",
    "javascript:alert(1)",
    `https://agent.example/${"x".repeat(1000)}`,
  ])("may not be %s", (url) => expect(documentUrlProblem(url)).not.toBeNull());
});
