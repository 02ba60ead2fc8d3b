// Front page of the site.

import Link from "next/link";
import type { ReactNode } from "react";
import { getApp } from "@/lib/apps/apps";
import { TENANT_ZERO } from "@/lib/ids";
import { findDeveloper } from "../_server/dashboard-session";
import { ButtonLink } from "../_ui/button";
import { CodeBlock } from "../_ui/code-block";
import { SiteHeader } from "../_ui/site-header";
import { FrontIllustration } from "./front-illustration";

const commands = `npm run -s foyer -- developers create \\
  --email alice@example.com \\
  --password '…'

npm run -s foyer -- apps create \\
  --owner alice@example.com \\
  --name "My App"`;

const facts = [
  {
    title: "Isolated apps",
    text: "Each app has its own users, signing keys, and issuer. The same email address in two apps means two separate users, and a token of one app isn’t valid in the other.",
  },
  {
    title: "Direct authentication",
    text: "Your backend sends its API key and a user’s credentials. Foyer returns a JWT that any JWT library can verify with the app’s public keys.",
  },
  {
    title: "OAuth 2 and OpenID Connect",
    text: "Each app is a provider of its own. Third-party software can sign your users in and access the data that they consent to share.",
  },
  {
    title: "Self-hosted",
    text: "One Node.js process and one PostgreSQL database. Use the embedded database or connect your own.",
  },
];

export default async function FrontPage() {
  const [developer, dashboard] = await Promise.all([findDeveloper(), getApp(TENANT_ZERO)]);
  const canSignUp = dashboard.settings.signups === "open";
  return (
    <div className="flex min-h-svh flex-col">
      <SiteHeader>
        <HeaderLink href="/status">Status</HeaderLink>
        <HeaderLink href="/docs">Docs</HeaderLink>
        {developer ? (
          <HeaderLink href="/dashboard">Dashboard</HeaderLink>
        ) : (
          <HeaderLink href="/login">Sign in</HeaderLink>
        )}
      </SiteHeader>
      <main className="mx-auto flex w-full max-w-7xl flex-1 flex-col px-6 pb-10 lg:px-10">
        <div className="grid flex-1 items-center gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
          <div className="max-w-xl min-w-0">
            <h1 className="text-display font-medium">Every app gets its own front door.</h1>
            <p className="mt-5 text-lg text-ink-muted">
              Foyer is a self-hosted authentication service and OAuth&nbsp;2 / OpenID&nbsp;Connect provider for any
              number of apps.
            </p>
            <div className="mt-8 flex flex-wrap gap-3">
              {developer ? (
                <ButtonLink href="/dashboard" size="lg" prefetch={false}>
                  Go to your apps
                </ButtonLink>
              ) : (
                <ButtonLink href={canSignUp ? "/signup" : "/login"} size="lg" prefetch={false}>
                  {canSignUp ? "Sign up" : "Sign in"}
                </ButtonLink>
              )}
              <ButtonLink href="/docs" variant="secondary" size="lg" prefetch={false}>
                Read the docs
              </ButtonLink>
            </div>
            <div className="mt-8">
              <CodeBlock title="From the terminal" code={commands} />
            </div>
          </div>
          <FrontIllustration className="mx-auto w-full max-w-[31rem] lg:mr-0" />
        </div>
        <dl className="mt-8 grid gap-x-10 gap-y-7 border-t border-line pt-7 sm:grid-cols-2 lg:grid-cols-4">
          {facts.map((fact) => (
            <div key={fact.title}>
              <dt className="text-sm font-semibold">{fact.title}</dt>
              <dd className="mt-1.5 text-sm text-ink-muted">{fact.text}</dd>
            </div>
          ))}
        </dl>
      </main>
    </div>
  );
}

function HeaderLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="-my-2.5 rounded-sm py-2.5 text-sm font-medium hover:text-accent">
      {children}
    </Link>
  );
}
