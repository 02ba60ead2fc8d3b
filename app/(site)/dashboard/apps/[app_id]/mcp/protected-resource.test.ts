import { describe, expect, it } from "vitest";
import { commandTabs, metadataUrl, serverName } from "./protected-resource";

describe("an MCP server", () => {
  it.each([
    ["https://mcp.example.com", "https://mcp.example.com/.well-known/oauth-protected-resource", "example"],
    ["https://mcp.example.com/", "https://mcp.example.com/.well-known/oauth-protected-resource", "example"],
    ["https://api.photos.example/mcp", "https://api.photos.example/.well-known/oauth-protected-resource/mcp", "photos"],
    ["http://localhost:3000/mcp", "http://localhost:3000/.well-known/oauth-protected-resource/mcp", "localhost"],
    ["http://[::1]:3000/", "http://[::1]:3000/.well-known/oauth-protected-resource", "1"],
  ])("%s has its metadata at %s (RFC 9728 §3.1)", (identifier, url, name) => {
    expect(metadataUrl(identifier)).toBe(url);
    expect(serverName(identifier)).toBe(name);
  });

  it("can’t leave the quotes of a command", () => {
    const commands = commandTabs("https://mcp.example.com/'; rm -rf ~ '").filter(({ code }) => !code.startsWith("{"));
    for (const { code } of commands) expect(code).not.toContain("'; rm");
  });
});
