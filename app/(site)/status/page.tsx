// Status of the server in plain words. A server without its database answers with its own page instead.
import type { Metadata } from "next";
import { ButtonLink } from "@/app/_ui/button";
import { MessagePage } from "@/app/_ui/message-page";
import { isAppError } from "@/lib/errors";
import { requireReady } from "@/lib/operations/health";

export const metadata: Metadata = { title: "Status", robots: { index: false } };

/** The reason why the server isn't ready, or null. */
async function findProblem(): Promise<string | null> {
  try {
    await requireReady();
    return null;
  } catch (error) {
    if (isAppError(error)) return error.description;
    throw error;
  }
}

export default async function StatusPage() {
  const problem = await findProblem();
  return (
    <MessagePage
      eyebrow="Server status"
      title={problem ? "Foyer has a problem" : "Foyer is running"}
      action={<ButtonLink href="/">Go to the front page</ButtonLink>}
    >
      <p>{problem ?? "The server answers, and so does its database. Programs read the same at /api/health/ready."}</p>
    </MessagePage>
  );
}
