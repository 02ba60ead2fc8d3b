/** The team invitation that a developer opened, found by the path of its page. */
import { type App, findApp } from "@/lib/apps/apps";
import { type MemberInvitation, readInvitation } from "@/lib/apps/invitations";
import { isAppError } from "@/lib/errors";

export interface OpenInvitation {
  app: App;
  invitation: MemberInvitation;
  token: string;
}

/** null if the link is not valid. */
export async function findInvitation(appId: string, token: unknown): Promise<OpenInvitation | null> {
  const app = await findApp(appId);
  if (!app || typeof token !== "string") return null;
  try {
    return { app, token, invitation: await readInvitation(app, token) };
  } catch (error) {
    if (isAppError(error) && error.status < 500) return null;
    throw error;
  }
}

export function invitationPath({ app, token }: Pick<OpenInvitation, "app" | "token">): string {
  return `/invitations/${app.id}?${new URLSearchParams({ token })}`;
}

/** The invitation whose page a sign-up returns to (`next`), or null. */
export async function invitationOfNext(next: string): Promise<OpenInvitation | null> {
  const match = /^\/invitations\/([\w-]+)\?token=([^&]+)$/.exec(next);
  return match ? findInvitation(match[1] ?? "", decodeURIComponent(match[2] ?? "")) : null;
}
