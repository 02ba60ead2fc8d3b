// What a mailed link has just done, or that an account is closed, where nothing waits to go on with.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadSession, requireApp } from "@/app/_server/hosted";
import type { donePage } from "@/lib/hosted/links/forms";
import { BrandAnchor } from "../../form";
import { PageCard } from "../../page-card";

type What = Parameters<typeof donePage>[1];

const OUTCOMES: Record<What, { title: string; text: string; signIn: boolean }> = {
  verified: {
    title: "Your address is verified",
    text: "Thank you. Go back to where you came from, or look at your account.",
    signIn: true,
  },
  disowned: {
    title: "Thank you for saying so",
    text: "Whoever made the account has lost it: password, sessions and everything they had set up are gone. There is nothing else for you to do.",
    signIn: false,
  },
  password: {
    title: "Your password is changed",
    text: "Every device was signed out. Sign in with the new password where you came from, or here.",
    signIn: true,
  },
  address: {
    title: "Your new address is in use",
    text: "From now on you sign in with it, and mails go there.",
    signIn: true,
  },
  closed: {
    title: "Your account is deleted",
    text: "Everything that belonged to it is gone, and every app and device was signed out. Goodbye.",
    signIn: false,
  },
};

type DoneProps = { params: Promise<{ app: string; what: string }> };

async function find({ params }: DoneProps) {
  const { app: appId, what } = await params;
  const app = await requireApp(appId);
  return { app, outcome: Object.hasOwn(OUTCOMES, what) ? OUTCOMES[what as What] : notFound() };
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
