import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brandOf, brandProperties, contrast } from "./brand";

const colors = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("an app's color (WCAG 2.2, 1.4.3)", () => {
  it("is unchanged on buttons, with readable text, also on hover", () => {
    fc.assert(
      fc.property(colors, (color) => {
        const brand = brandOf(color);
        expect(brand.color).toBe(color);
        expect(contrast(brand.text, brand.color)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(brand.text, brand.hover)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it("becomes readable as text on every background of both themes", () => {
    fc.assert(
      fc.property(colors, (color) => {
        const { light, dark } = brandOf(color);
        for (const ground of ["#faf8f5", "#ffffff", "#f1eee9", light.soft])
          expect(contrast(light.accent, ground)).toBeGreaterThanOrEqual(4.5);
        for (const ground of ["#171513", "#1f1c19", "#100f0d", dark.soft])
          expect(contrast(dark.accent, ground)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it("stays unchanged as text if it is readable", () => {
    expect(brandOf("#1f5c4d").light.accent).toBe("#1f5c4d");
    expect(brandOf("#ffd400").dark.accent).toBe("#ffd400");
  });

  it("gets a border on a button that barely differs from the page", () => {
    expect(brandOf("#ffffff").light.edge).not.toBe("transparent");
    expect(brandOf("#ffffff").dark.edge).toBe("transparent");
    expect(brandOf("#000000").dark.edge).not.toBe("transparent");
  });
});

describe("the custom properties of an app's pages", () => {
  it("are Foyer's own if the app has no color", () => {
    expect(brandProperties(null)).toMatchObject({ "--brand": "var(--color-accent)" });
  });

  it("are the color itself for buttons, and a readable shade for text in each theme", () => {
    const properties = brandProperties("#ffee00");
    expect(properties["--brand"]).toBe("#ffee00");
    expect(properties["--color-accent"]).toMatch(/^light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\)$/);
  });
});
