import { describe, expect, it } from "vitest";
import { type Mails, TEMPLATES } from "@/emails/list";
import { renderMail } from "./render";

const brand = { appName: "Photo <Blog> & Söhne", logoUrl: null, color: "#c2410c" };
const link = "https://auth.example.com/o/app_x/reset?token=eyJ.a.b";
const at = "24 November 2026, 13:00 UTC";

const EXAMPLES: Mails = {
  magic_link: { link, code: "012345", minutes: 15 },
  verify_email: { link, hours: 24 },
  reset_password: { link, minutes: 30 },
  password_changed: { at, device: "Firefox on Linux", link },
  new_sign_in: { at, device: "Safari on iPhone", ip: "192.0.2.1", method: "password", link },
  confirm_address: { link, hours: 24 },
  address_changed: { at, newEmail: "b•••@example.com", stage: "done", link },
  account_exists: { link },
  user_invitation: { link, days: 7 },
  member_invitation: { link, inviter: "alice@example.com", role: "admin", days: 7 },
};

describe.each(Object.keys(TEMPLATES) as (keyof Mails)[])("the mail %s", (template) => {
  it("says the same in HTML and in text, with its link in full, and names the App", async () => {
    const mail = await renderMail(template, EXAMPLES[template], brand);
    expect(mail.subject).toMatch(/.{10,}/);
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.links).toEqual([link]);
    expect(mail.text).toMatch(/[a-z]\n\nhttps:\S+/);
    expect(mail.text.split(link)).toHaveLength(2);
    expect(mail.html).toContain(`href="${link}"`);
    expect(`${mail.text}`).toContain("Photo <Blog> & Söhne");
    expect(mail.html).toContain("Photo &lt;Blog&gt; &amp; Söhne");
    expect(mail.html).not.toContain("<Blog>");
    // A mail program shows it in any theme, and no script or foreign style sheet goes with it.
    expect(mail.html).not.toMatch(/<script|<link/i);
  });
});

describe("a mail", () => {
  it("shows the code to type, and says it beside the links", async () => {
    const mail = await renderMail("magic_link", EXAMPLES.magic_link, brand);
    expect(mail.code).toBe("012345");
    expect(mail.text).toContain("012345");
  });

  it("has no button where the App gave no place to go", async () => {
    const mail = await renderMail("password_changed", { ...EXAMPLES.password_changed, link: null }, brand);
    expect(mail.links).toEqual([]);
    expect(mail.html).not.toContain("<a");
  });

  it("says in the text what its link is for", async () => {
    const { text } = await renderMail("new_sign_in", EXAMPLES.new_sign_in, brand);
    expect(text).toContain(`Look at my sessions\n\n${link}`);
  });

  it.each([
    ["#ffffcc", /border:1px solid #8a8278/, "action"],
    ["#050505", /border:1px solid #050505/, "action edged"],
    ["#c2410c", /border:1px solid #c2410c/, "action"],
  ])("has a button of the colour %s that melts into no theme", async (color, border, className) => {
    const { html } = await renderMail("verify_email", EXAMPLES.verify_email, { ...brand, color });
    expect(html).toMatch(border);
    expect(html).toContain(`class="${className}"`);
  });

  it("shows a logo only where it comes by https", async () => {
    const show = (logoUrl: string) => renderMail("verify_email", EXAMPLES.verify_email, { ...brand, logoUrl });
    expect((await show("https://example.com/logo.png")).html).toContain("https://example.com/logo.png");
    expect((await show("http://example.com/logo.png")).html).not.toContain("logo.png");
  });
});
