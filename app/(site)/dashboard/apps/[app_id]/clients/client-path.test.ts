import { expect, it } from "vitest";
import { clientIdOf, clientPath, clientSlug } from "./client-path";

it.each(["cli_abc_123", "https://client.example.com:8443/agent.json?v=1", "https://müller.example/ä"])(
  "the path of %s is one segment, and leads back to it",
  (id) => {
    const slug = clientSlug(id);
    expect(slug).toMatch(/^[\w~-]+$/);
    expect(clientIdOf(slug)).toBe(id);
    expect(clientIdOf(encodeURIComponent(slug).replace("~", "%7E"))).toBe(id);
    expect(clientPath("app_x", id, "/settings")).toBe(`/dashboard/apps/app_x/clients/${slug}/settings`);
  },
);
