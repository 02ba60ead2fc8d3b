// Result page after a link from an email was used or put off, a device was answered, or an account was deleted.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadSession, requireApp } from "@/app/_server/hosted";
import type { Outcome } from "@/lib/hosted/page-urls";
import { BrandAnchor } from "../../form";
import { PageCard } from "../../page-card";

const OUTCOMES: Record<Outcome, { title: string; text: string; signIn: boolean }> = {
  verified: {
    title: "Your email address is verified",
    text: "You can close this page, or continue to your account.",
    signIn: true,
  },
  disowned: {
    title: "Thanks for letting us know",
    text: "We removed the password, sessions, and settings of the person who created the account. You don’t need to do anything else.",
    signIn: false,
  },
  password: {
    title: "Your password was changed",
    text: "You were signed out on every device. Sign in with your new password.",
    signIn: true,
  },
  address: {
    title: "Your email address was changed",
    text: "Use your new email address the next time you sign in.",
    signIn: true,
  },
  continue: {
    title: "Continue in your other browser",
    text: "Go back to the page where you started to sign in, and enter the 6-digit code from the email. The code is still valid. You aren’t signed in here, and you can close this page.",
    signIn: false,
  },
  "device-allowed": {
    title: "You’re signed in on your device",
    text: "Go back to your device: it continues by itself within a few seconds. You can close this page.",
    signIn: false,
  },
  "device-denied": {
    title: "Access denied",
    text: "The device can’t access your account. If you didn’t start this sign-in, you don’t need to do anything else.",
    signIn: false,
  },
  closed: {
    title: "Your account was deleted",
    text: "Your data is gone, and every app and device was signed out.",
    signIn: false,
  },
};

type DoneProps = { params: Promise<{ app: string; what: string }> };

async function find({ params }: DoneProps) {
  const { app: appId, what } = await params;
  const app = await requireApp(appId);
  return { app, outcome: Object.hasOwn(OUTCOMES, what) ? OUTCOMES[what as Outcome] : notFound() };
}

export async function generateMetadata(props: DoneProps): Promise<Metadata> {
  const { app, outcome } = await find(props);
  return { title: { absolute: `${outcome.title} · ${app.name}` } };
}

export default async function DonePage(props: DoneProps) {
  const { app, outcome } = await find(props);
  const session = outcome.signIn ? await loadSession(app) : null;
  return (
    <PageCard app={app} title={outcome.title} description={<p>{outcome.text}</p>}>
      {outcome.signIn && (
        <BrandAnchor href={`/o/${app.id}/${session ? "account" : "account/start"}`} className="w-full">
          {session ? "Go to your account" : "Sign in"}
        </BrandAnchor>
      )}
    </PageCard>
  );
}
