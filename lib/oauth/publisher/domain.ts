/** Domains of publishers, and where their proof is. */
import { domainToASCII } from "node:url";
import { z } from "zod";
import { env } from "../../env";
import { text } from "../../input";

const LOOPBACK = /^(localhost|127\.0\.0\.1)(:\d{1,5})?$/;
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

function isDomain(value: string): boolean {
  return DOMAIN.test(value) || (env().allowLoopback && LOOPBACK.test(value));
}

/** `example.com`. A pasted URL is reduced to its host. */
export const PublisherDomain = text(300)
  .transform((value) => {
    const host = value
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .replace(/[/?#].*$/, "")
      .replace(/\.$/, "");
    return LOOPBACK.test(host) ? host : domainToASCII(host);
  })
  .pipe(z.string().refine(isDomain, "must be a domain, like example.com"));

export interface Proof {
  domain: string;
  token: string;
}

/** The TXT record that proves the domain. */
export function dnsRecord({ domain, token }: Proof): { name: string; value: string } {
  return { name: `_foyer.${domain}`, value: `foyer-verification=${token}` };
}

/** The file that proves the domain. One line per application. */
export function proofFile({ domain, token }: Proof): { url: string; line: string } {
  const scheme = LOOPBACK.test(domain) ? "http" : "https";
  return { url: `${scheme}://${domain}/.well-known/foyer-verification.txt`, line: `foyer-verification=${token}` };
}
