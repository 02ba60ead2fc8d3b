/** Re-encrypts all sealed values with the newest master key. Each module lists its own. */
import { sealedBotCheckSecrets } from "../apps/bot-check-secret";
import { sealedSigningKeys } from "../apps/key-rotation";
import { type ResealCounts, reseal } from "../crypto/reseal";
import { sealedTotpSecrets } from "../factors/totp/factor";
import { sealedResponses } from "../http/idempotency";
import { sealedEmails } from "../mail/sealed-emails";
import { sealedClientSecrets } from "../social/connections";

const SEALED = [
  sealedSigningKeys,
  sealedClientSecrets,
  sealedBotCheckSecrets,
  sealedTotpSecrets,
  sealedEmails,
  sealedResponses,
];

export async function resealAll(): Promise<ResealCounts> {
  const total: ResealCounts = { resealed: 0, unreadable: 0 };
  for (const values of SEALED) {
    const { resealed, unreadable } = await reseal(values());
    total.resealed += resealed;
    total.unreadable += unreadable;
  }
  return total;
}
