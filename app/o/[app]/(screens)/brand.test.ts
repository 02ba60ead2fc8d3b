import { describe, expect, it } from "vitest";
import { brandStyle } from "./brand";

describe("the custom properties of an App's pages", () => {
  it("are Foyer's own where an App has no colour", () => {
    expect(brandStyle(null)).toMatchObject({ "--brand": "var(--color-accent)" });
  });

  it("are the colour itself for buttons, and a readable shade of it for text in each theme", () => {
    const style = brandStyle("#ffee00") as Record<string, string>;
    expect(style["--brand"]).toBe("#ffee00");
    expect(style["--color-accent"]).toMatch(/^light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\)$/);
  });
});
