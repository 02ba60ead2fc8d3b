/** Where to report vulnerabilities of this installation (RFC 9116). Its operator names the contact. */
import { secondsFromNow } from "@/lib/clock";
import { env } from "@/lib/env";
import { failPageNotFound } from "@/lib/errors";
import { anyone } from "@/lib/http/guards";
import { publicText } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

/** RFC 9116 §2.5.5 recommends less than a year. */
const VALID_SECONDS = 180 * 86_400;

export const GET = route({
  guard: anyone,
  run: async () => {
    const { SECURITY_CONTACT, PUBLIC_URL } = env();
    if (!SECURITY_CONTACT) failPageNotFound();
    const lines = [
      `Contact: ${SECURITY_CONTACT}`,
      `Expires: ${secondsFromNow(VALID_SECONDS).toISOString()}`,
      `Canonical: ${PUBLIC_URL}/.well-known/security.txt`,
      "Preferred-Languages: en",
    ];
    return publicText(`${lines.join("\n")}\n`, "text/plain");
  },
});
