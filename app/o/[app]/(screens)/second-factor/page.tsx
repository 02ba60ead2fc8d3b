// Page of the second factor during a sign-in: uses one, or adds the first one.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { recoveryCodesUrl } from "@/lib/hosted/second-factor/recovery-codes";
import { ExpiredPage } from "../expired-page";
import type { ScreenProps } from "../screen";
import { AddFactor } from "./add-factor";
import { openPending, pendingMetadata } from "./open";
import { UseFactor } from "./use-factor";

export async function generateMetadata(props: ScreenProps): Promise<Metadata> {
  const { pending } = await openPending(props);
  return pendingMetadata(props, pending?.enroll ? "Add a second factor" : "Confirm it’s you");
}

export default async function SecondFactorPage(props: ScreenProps) {
  const { app, pending, flash } = await openPending(props);
  if (!pending) return <ExpiredPage app={app} takes="15 minutes" />;
  if (pending.recoveryCodes) redirect(recoveryCodesUrl(app, pending.id));
  const { way, sent } = await props.searchParams;
  const chosen = typeof way === "string" ? way : undefined;
  // Another way that the user then chooses has no error.
  const isOfForm = flash && !flash.ok && flash.form === chosen;
  const problem = isOfForm ? (flash.fields?.code ?? flash.message) : undefined;
  const shown = { app, pending, chosen, problem, sent: sent !== undefined };
  return pending.enroll ? <AddFactor {...shown} /> : <UseFactor {...shown} />;
}
