import { describe, expect, it } from "vitest";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { STANDARD_SCOPES } from "@/lib/oauth/scopes/descriptions";
import { groupRequestedScopes } from "./requested-scopes";

const photos: Scope = { name: "photos", description: "See your photos", sensitive: true, optional: false };
const places: Scope = { name: "places", description: "See where they were taken", sensitive: false, optional: true };
const known = new Map([...STANDARD_SCOPES, photos, places].map((scope) => [scope.name, scope]));

function names(scopes: Scope[]): string[] {
  return scopes.map(({ name }) => name);
}

describe("the requested scopes on the consent page", () => {
  it("are grouped into the user's profile and the user's data, with offline_access apart", () => {
    const requested = groupRequestedScopes(["photos", "openid", "offline_access", "email"], known, null);
    expect(names(requested.aboutYou)).toEqual(["openid", "email"]);
    expect(names(requested.access)).toEqual(["photos"]);
    expect(requested.offlineAccess).toBe(true);
    expect(groupRequestedScopes(["openid"], known, null).offlineAccess).toBe(false);
  });

  it("are marked if the user allowed them before", () => {
    const requested = groupRequestedScopes(["photos", "places"], known, { scopes: ["photos"], declinedScopes: [] });
    expect(requested.access.map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  it("start checked if they are optional, unless the user declined them before", () => {
    const ticked = (declinedScopes: string[]) =>
      groupRequestedScopes(["places"], known, { scopes: [], declinedScopes }).access[0]?.ticked;
    expect(ticked([])).toBe(true);
    expect(ticked(["places"])).toBe(false);
  });

  it("leave out a scope that the app has deleted", () => {
    expect(groupRequestedScopes(["gone"], known, null).access).toEqual([]);
  });
});
