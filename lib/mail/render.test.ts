import { describe, expect, it } from "vitest";
import { type EmailData, TEMPLATES } from "@/emails/list";
import { renderEmail } from "./render";

const brand = { appName: "Photo <Blog> & Söhne", logoUrl: null, color: "#c2410c" };
const link = "https://auth.example.com/o/app_x/reset?token=eyJ.a.b";
const at = "24 November 2026, 13:00 UTC";

const EXAMPLES: EmailData = {
  magic_link: { link, code: "012345", minutes: 15 },
  sign_in_code: { code: "012345", minutes: 15 },
  verify_email: { link, hours: 24 },
  reset_password: { link, minutes: 30 },
  password_changed: { at, device: "Firefox on Linux", link },
  password_removed: { at, link },
  password_kept: { at, link },
  new_sign_in: { at, device: "Safari on iPhone", ip: "192.0.2.1", method: "password", link },
  confirm_address: { link, hours: 24 },
  address_changed: { at, newEmail: "b•••@example.com", stage: "done", link },
  second_factor_code: { code: "012345", minutes: 10, signIn: true },
  factor_changed: { at, device: "Firefox on Linux", change: "added", factor: "a passkey", codesLeft: null, link },
  account_exists: { link },
  user_invitation: { link, days: 7 },
  member_invitation: { link, inviter: "alice@example.com", role: "admin", days: 7 },
};

describe.each(Object.keys(TEMPLATES) as (keyof EmailData)[])("the email %s", (template) => {
  it("contains the same in HTML and in plain text: its subject, its link and the name of the app", async () => {
    const email = await renderEmail(template, EXAMPLES[template], brand);
    expect(email.subject).toMatch(/.{10,}/);
    expect(email.subject).not.toMatch(/[\r\n]/);
    // The heading is the subject.
    expect(email.text.replace(/\s+/g, " ")).toContain(email.subject);
    if ("link" in EXAMPLES[template]) {
      expect(email.links).toEqual([link]);
      expect(email.text).toMatch(/[a-z]\n\nhttps:\S+/);
      expect(email.text.split(link)).toHaveLength(2);
      expect(email.html).toContain(`href="${link}"`);
    } else expect(email.links).toEqual([]);
    expect(email.text).toContain("Photo <Blog> & Söhne");
    expect(email.html).toContain("Photo &lt;Blog&gt; &amp; Söhne");
    expect(email.html).not.toContain("<Blog>");
    // No script and no external style sheet.
    expect(email.html).not.toMatch(/<script|<link/i);
  });
});

describe("renderEmail", () => {
  it("shows the sign-in code and returns it", async () => {
    const email = await renderEmail("magic_link", EXAMPLES.magic_link, brand);
    expect(email.code).toBe("012345");
    expect(email.text).toContain("012345");
  });

  it("leaves the button out if there is no link", async () => {
    const email = await renderEmail("password_changed", { ...EXAMPLES.password_changed, link: null }, brand);
    expect(email.links).toEqual([]);
    expect(email.html).not.toContain("<a");
  });

  it("puts the label of the button above its link in plain text", async () => {
    const { text } = await renderEmail("new_sign_in", EXAMPLES.new_sign_in, brand);
    expect(text).toContain(`View sessions\n\n${link}`);
  });

  it.each([
    ["#ffffcc", /border:1px solid #8a8278/, "action"],
    ["#050505", /border:1px solid #050505/, "action edged"],
    ["#c2410c", /border:1px solid #c2410c/, "action"],
  ])("gives a button of the color %s a border where it needs one, in both themes", async (color, border, className) => {
    const { html } = await renderEmail("verify_email", EXAMPLES.verify_email, { ...brand, color });
    expect(html).toMatch(border);
    expect(html).toContain(`class="${className}"`);
  });

  it("shows a logo only if its URL is https", async () => {
    const show = (logoUrl: string) => renderEmail("verify_email", EXAMPLES.verify_email, { ...brand, logoUrl });
    expect((await show("https://example.com/logo.png")).html).toContain("https://example.com/logo.png");
    expect((await show("http://example.com/logo.png")).html).not.toContain("logo.png");
  });
});
