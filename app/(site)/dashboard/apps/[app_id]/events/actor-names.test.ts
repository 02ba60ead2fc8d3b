import { describe, expect, it } from "vitest";
import { type ActorNames, actorName } from "./actor-names";

const names: ActorNames = {
  user: new Map([["usr_bob", "Bob"]]),
  client: new Map(),
  developer: new Map(),
  key: new Map([["key_1", "production"]]),
};
const nameOf = (type: string, id: string | null) => actorName({ actor: { type, id } }, names);

describe("actorName", () => {
  it.each([
    ["user", "usr_bob", "Bob"],
    ["user", "usr_deleted", "Deleted user"],
    // Before a sign-in succeeds, the user has no ID. That isn't a deleted user.
    ["user", null, "Anonymous user"],
    ["key", "key_1", "API key “production”"],
    ["key", null, "API key"],
    ["developer", "usr_gone", "Former member"],
    ["system", null, "System"],
  ])("names %s %s as %s", (type, id, name) => {
    expect(nameOf(type, id)).toBe(name);
  });
});
