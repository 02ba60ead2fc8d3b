/** Signs the developer out of the dashboard in this browser. */
import { TENANT_ZERO } from "@/lib/ids";
import { revokeSession } from "@/lib/sessions/revoke";
import { clearDashboardCookie, findDeveloper } from "./dashboard-session";

/** Does nothing for an expired session. */
export async function signOutDeveloper(): Promise<void> {
  const developer = await findDeveloper();
  if (developer) {
    const { sessionId, userId } = developer;
    await revokeSession(TENANT_ZERO, { sessionId, reason: "logout", by: { type: "user", id: userId } });
  }
  await clearDashboardCookie();
}
