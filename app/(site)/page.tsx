// The front page: what Foyer is, and the ways in.

import Link from "next/link";
import type { ReactNode } from "react";
import { findDeveloper } from "../_server/dashboard-session";
import { ButtonLink } from "../_ui/button";
import { CodeBlock } from "../_ui/code-block";
import { SiteHeader } from "../_ui/site-header";
import { Facade } from "./facade";

const commands = `npm run -s foyer -- developers create \\
  --email alice@example.com \\
  --password '…'

npm run -s foyer -- apps create \\
  --owner alice@example.com \\
  --name "My App"`;

const facts = [
  {
    title: "An App is an island",
    text: "It has its own users, signing keys and issuer. The same address in two Apps is two people, and a token of one App means nothing in the other.",
  },
  {
    title: "Direct authentication",
    text: "Your backend sends its API key and a user’s credentials. It gets back a JWT that any JWT library can verify against the App’s public keys.",
  },
  {
    title: "OAuth 2 and OpenID Connect",
    text: "Each App is a provider in its own right. Other people’s software signs your users in, and sees what they consent to.",
  },
  {
    title: "One process, on your machine",
    text: "One Node process and one PostgreSQL: the one that Foyer brings along, or the one that you point it to.",
  },
];

export default async function FrontPage() {
  const developer = await findDeveloper();
  return (
    <div className="flex min-h-svh flex-col">
      <SiteHeader>
        <a href="/api/health/ready" className="rounded-sm text-sm text-ink-muted hover:text-ink max-sm:hidden">
          Server health
        </a>
        <HeaderLink href="/docs">Docs</HeaderLink>
        {developer ? (
          <HeaderLink href="/dashboard">Dashboard</HeaderLink>
        ) : (
          <HeaderLink href="/login">Log in</HeaderLink>
        )}
      </SiteHeader>
      <main className="mx-auto flex w-full max-w-7xl flex-1 flex-col px-6 pb-10 lg:px-10">
        <div className="grid flex-1 items-center gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
          <div className="max-w-xl min-w-0">
            <h1 className="text-display font-medium">Every app gets its own front door.</h1>
            <p className="mt-5 text-lg text-ink-muted">
              Foyer is an authentication service and OAuth&nbsp;2 / OpenID&nbsp;Connect provider that you host yourself,
              for as many apps as you have.
            </p>
            <div className="mt-8 flex flex-wrap gap-3">
              {developer ? (
                <ButtonLink href="/dashboard" size="lg" prefetch={false}>
                  Go to your Apps
                </ButtonLink>
              ) : (
                <ButtonLink href="/signup" size="lg" prefetch={false}>
                  Sign up
                </ButtonLink>
              )}
            </div>
            <div className="mt-8">
              <CodeBlock title="From the terminal" code={commands} />
            </div>
          </div>
          <Facade className="mx-auto w-full max-w-[31rem] lg:mr-0" />
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
