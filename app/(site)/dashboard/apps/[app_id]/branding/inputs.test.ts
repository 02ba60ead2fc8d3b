import { describe, expect, it } from "vitest";
import { BrandingForm } from "./inputs";

describe("branding", () => {
  it("is a logo by https and a colour, or none", () => {
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
  ])("refuses %j beside its field", (sent) => {
    const { error } = BrandingForm.safeParse(sent);
    expect(error?.issues.map(({ path }) => path[0])).toEqual(Object.keys(sent));
  });
});
