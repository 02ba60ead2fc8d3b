/** URL of a section of a standard: "RFC 6749 §4.1.2.1" → its page at rfc-editor.org. */
const STANDARDS: [pattern: RegExp, address: (section: string, number: string) => string][] = [
  [/^RFC (\d+) §([\d.]+)$/, (number, section) => `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`],
  [
    /^(OIDC Core) §([\d.]+)$/,
    (_, section) => `https://openid.net/specs/openid-connect-core-1_0.html#rfc.section.${section}`,
  ],
  [
    /^(RP-Initiated Logout) §([\d.]+)$/,
    (_, section) => `https://openid.net/specs/openid-connect-rpinitiated-1_0.html#rfc.section.${section}`,
  ],
  [
    /^(Back-Channel Logout) §([\d.]+)$/,
    (_, section) => `https://openid.net/specs/openid-connect-backchannel-1_0.html#rfc.section.${section}`,
  ],
  [/^(draft-ietf-[a-z0-9-]+)(.*)$/, (name) => `https://datatracker.ietf.org/doc/${name}/`],
];

/** null: unknown standard. */
export function sectionLink(section: string): string | null {
  for (const [pattern, address] of STANDARDS) {
    const [, standard, number] = pattern.exec(section) ?? [];
    if (standard && number !== undefined) return address(standard, number);
  }
  return null;
}
