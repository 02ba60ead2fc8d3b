/** Name of the dashboard's session cookie. Without next-auth, for pages that only ask whether there is one. */
import { hostCookieName } from "@/lib/cookies";

export function cookieName(): string {
  return hostCookieName("foyer-dashboard");
}
