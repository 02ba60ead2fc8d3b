import { describe, expect, it } from "vitest";
import { BrandingForm } from "./inputs";

describe("the branding form", () => {
  it("reads a logo URL and a color, or null", () => {
    expect(BrandingForm.parse({ logo_url: " https://example.com/logo.svg ", color: "#C2410C" })).toEqual({
      branding: { logo_url: "https://example.com/logo.svg", color: "#C2410C" },
    });
    expect(BrandingForm.parse({})).toEqual({ branding: { logo_url: null, color: null } });
  });

  it.each([
    { logo_url: "http://example.com/logo.svg" },
    { logo_url: "javascript:alert(1)" },
    { color: "red" },
    { color: "#12345" },
    { color: "#123456;background:url(//evil.example)" },
  ])("reports an error of its field for %j", (sent) => {
    const { error } = BrandingForm.safeParse(sent);
    expect(error?.issues.map(({ path }) => path[0])).toEqual(Object.keys(sent));
  });
});
