/** Input schemas of the registration forms. */
import { domainToASCII } from "node:url";
import { z } from "zod";
import { AppSettings } from "@/lib/apps/settings";
import { text } from "@/lib/input";
import { lines } from "../settings/inputs";

const known = AppSettings.shape;

/** `example.com`, or null. Documents of all its ports are accepted. */
function toHost(line: string): string | null {
  return domainToASCII(line.toLowerCase()) || null;
}

export const RegistrationForm = z.object({ registration: known.registration.unwrap() });

export const DocumentsForm = z.object({
  client_metadata_documents: known.client_metadata_documents.unwrap(),
  client_metadata_hosts: lines(toHost, "must be a host, like example.com").refine(
    (hosts) => hosts.length <= 100,
    "must have at most 100 entries",
  ),
});

/** Seconds until a registration token expires. Empty: never. */
export const NewTokenForm = z.object({
  expires_in: z
    .enum(["86400", "604800", "2592000", "31536000"])
    .optional()
    .transform((value) => (value === undefined ? undefined : Number(value))),
});

export const TokenIdForm = z.object({ registration_token_id: text(60) });
