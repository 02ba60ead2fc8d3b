/** The search for existing users whose data doesn't fit into a new definition of claims. */
import { CLAIM_TARGETS, type CustomClaim } from "../../claims/claim";
import { claimBytes, MAX_CLAIMS_BYTES, needsUser } from "../../claims/values";
import { Prisma, type Tx } from "../../database/client";
import { PROFILE_CLAIMS, type ProfileClaim } from "../../users/profile";

/** The bytes of a claim's value in SQL. PostgreSQL writes JSON with spaces, so it counts a few more. */
function bytesOf({ name, source }: CustomClaim): Prisma.Sql {
  const overhead = JSON.stringify(name).length + 4;
  if ("metadata" in source)
    return Prisma.sql`coalesce(octet_length((u."metadata" -> ${source.metadata})::text) + ${overhead}::int, 0)`;
  if ("public_metadata" in source)
    return Prisma.sql`coalesce(octet_length((u."publicMetadata" -> ${source.public_metadata})::text) + ${overhead}::int, 0)`;
  return Prisma.sql`coalesce(octet_length(to_json(u.${Prisma.raw(columnOf((source as { profile: string }).profile))})::text) + ${overhead}::int, 0)`;
}

/** A quoted column. Short ones are counted as a word. */
function columnOf(claim: string): string {
  if (Object.hasOwn(PROFILE_CLAIMS, claim)) return `"${PROFILE_CLAIMS[claim as ProfileClaim].column}"`;
  if (claim === "address") return '"address"';
  return claim.startsWith("phone_number") ? '"phoneNumber"' : '"email"';
}

/** The ID of a user with more than 4 KB of custom claims in a target, or null. Reads all users of the app. */
export async function findOverfullUser(tx: Tx, appId: string, claims: CustomClaim[]): Promise<string | null> {
  for (const target of CLAIM_TARGETS) {
    const due = claims.filter((claim) => claim.targets.includes(target) && needsUser(claim));
    if (due.length === 0) continue;
    const room = MAX_CLAIMS_BYTES - claimBytes(claims, target, null);
    const total = Prisma.join(due.map(bytesOf), " + ");
    const [found] = await tx.$queryRaw<{ id: string }[]>`
      SELECT u."id" FROM "User" u WHERE u."appId" = ${appId} AND ${total} > ${room}::int LIMIT 1`;
    if (found) return found.id;
  }
  return null;
}
