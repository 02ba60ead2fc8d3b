import { describe, expect, it } from "vitest";
import { type ActorNames, actorName } from "./actor-names";

const names: ActorNames = {
  user: new Map([["usr_bob", "Bob"]]),
  client: new Map(),
  developer: new Map(),
  key: new Map([["key_1", "production"]]),
};
const nameOf = (type: string, id: string | null) => actorName({ actor: { type, id } }, names);

describe("who did it", () => {
  it.each([
    ["user", "usr_bob", "Bob"],
    ["user", "usr_deleted", "A former user"],
    // Whoever signs in, or tries to, is nobody yet: an id that is not there is not that of somebody deleted.
    ["user", null, "Somebody"],
    ["key", "key_1", "API key “production”"],
    ["key", null, "An API key"],
    ["developer", "usr_gone", "A former member"],
    ["system", null, "Foyer"],
  ])("%s %s is said as %s", (type, id, said) => {
    expect(nameOf(type, id)).toBe(said);
  });
});
