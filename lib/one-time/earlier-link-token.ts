/** Links that version 0.1 sent: a JWT for every purpose. They stay valid until they expire. */
import { jwtVerify } from "jose";
import { deriveKey } from "../crypto/master-key";
import type { Purpose } from "./payloads";

export async function verifyEarlierToken(
  app: { id: string; issuer: string },
  purpose: Purpose,
  token: string,
): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => deriveKey("mail-links", app.id, Number(kid)), {
      algorithms: ["HS256"],
      typ: `${purpose.replaceAll("_", "-")}+jwt`,
      issuer: app.issuer,
      audience: `${app.issuer}#mail`,
      requiredClaims: ["jti", "exp"],
      currentDate: new Date(0),
    });
    return payload.jti ?? null;
  } catch {
    return null;
  }
}
