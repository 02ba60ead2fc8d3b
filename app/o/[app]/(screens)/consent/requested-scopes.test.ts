import { describe, expect, it } from "vitest";
import { type Scope, STANDARD_SCOPES } from "@/lib/oauth/scopes/scopes";
import { groupRequestedScopes } from "./requested-scopes";

const photos: Scope = { name: "photos", description: "See your photos", sensitive: true, optional: false };
const places: Scope = { name: "places", description: "See where they were taken", sensitive: false, optional: true };
const known = new Map([...STANDARD_SCOPES, photos, places].map((scope) => [scope.name, scope]));

function names(scopes: Scope[]): string[] {
  return scopes.map(({ name }) => name);
}

describe("what the consent page asks", () => {
  it("groups what is about the user and what is their data, and says offline_access as a time", () => {
    const asked = groupRequestedScopes(["photos", "openid", "offline_access", "email"], known, null);
    expect(names(asked.aboutYou)).toEqual(["openid", "email"]);
    expect(names(asked.access)).toEqual(["photos"]);
    expect(asked.offlineAccess).toBe(true);
    expect(groupRequestedScopes(["openid"], known, null).offlineAccess).toBe(false);
  });

  it("knows what was allowed before", () => {
    const asked = groupRequestedScopes(["photos", "places"], known, { scopes: ["photos"], declinedScopes: [] });
    expect(asked.access.map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  it("ticks an optional scope unless the user unticked it before", () => {
    const ticked = (declinedScopes: string[]) =>
      groupRequestedScopes(["places"], known, { scopes: [], declinedScopes }).access[0]?.ticked;
    expect(ticked([])).toBe(true);
    expect(ticked(["places"])).toBe(false);
  });

  it("leaves out what the App does not know any more", () => {
    expect(groupRequestedScopes(["gone"], known, null).access).toEqual([]);
  });
});
