import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brandOf, brandProperties, contrast } from "./brand";

const colours = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("the colour of an App (WCAG 2.2, 1.4.3)", () => {
  it("stays itself on buttons, with text that can be read on it and while pointed at", () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const brand = brandOf(colour);
        expect(brand.color).toBe(colour);
        expect(contrast(brand.text, brand.color)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(brand.text, brand.hover)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it("is moved as far as text of it needs on every ground of both themes", () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const { light, dark } = brandOf(colour);
        for (const ground of ["#faf8f5", "#ffffff", "#f1eee9", light.soft])
          expect(contrast(light.accent, ground)).toBeGreaterThanOrEqual(4.5);
        for (const ground of ["#171513", "#1f1c19", "#100f0d", dark.soft])
          expect(contrast(dark.accent, ground)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it("stays as it is where it can be read already", () => {
    expect(brandOf("#1f5c4d").light.accent).toBe("#1f5c4d");
    expect(brandOf("#ffd400").dark.accent).toBe("#ffd400");
  });

  it("gets an edge on a button that would melt into the page", () => {
    expect(brandOf("#ffffff").light.edge).not.toBe("transparent");
    expect(brandOf("#ffffff").dark.edge).toBe("transparent");
    expect(brandOf("#000000").dark.edge).not.toBe("transparent");
  });
});

describe("the custom properties of an App's pages", () => {
  it("are Foyer's own where an App has no colour", () => {
    expect(brandProperties(null)).toMatchObject({ "--brand": "var(--color-accent)" });
  });

  it("are the colour itself for buttons, and a readable shade of it for text in each theme", () => {
    const properties = brandProperties("#ffee00");
    expect(properties["--brand"]).toBe("#ffee00");
    expect(properties["--color-accent"]).toMatch(/^light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\)$/);
  });
});
