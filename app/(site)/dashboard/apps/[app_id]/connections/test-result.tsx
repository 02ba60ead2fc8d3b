// Result of a connection test: what a sign-in would do, and the provider's data.
import { CircleAlert, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/app/_ui/badge";
import { Card } from "@/app/_ui/card";
import { LongFactList } from "@/app/_ui/fact-list";
import { TextLink } from "@/app/_ui/text-link";
import type { TestOutcome } from "@/lib/signin/social-test";
import { appPath } from "../app-paths";

type TestResultProps = { appId: string; label: string; outcome: TestOutcome };

export function TestResult({ appId, label, outcome }: TestResultProps) {
  if (outcome.type === "failed") return <FailedTest outcome={outcome} />;
  const { profile, decision } = outcome;
  const rejected = decision.type === "refuse";
  return (
    <div className="grid gap-6">
      <Verdict
        good={!rejected}
        title={rejected ? "The connection works, but this sign-in is rejected" : "The connection works"}
      >
        <Sentence appId={appId} outcome={outcome} />
      </Verdict>
      <Card title={`Data from ${label}`}>
        <LongFactList
          facts={[
            ["Issuer", <Code key="issuer">{profile.issuer}</Code>],
            ["Subject", <Code key="subject">{profile.subject}</Code>],
            ["Email address", <Address key="email" profile={profile} />],
            ...named(profile.claims, CLAIMS),
          ]}
        />
      </Card>
    </div>
  );
}

/** In the order of `names`, followed by all other values. */
function named(values: Record<string, string | number | undefined>, names: Record<string, string>) {
  const rest = Object.keys(values).filter((name) => !(name in names));
  return [...Object.keys(names), ...rest]
    .filter((name) => values[name] !== undefined)
    .map((name): [string, ReactNode] => [names[name] ?? name, <Code key={name}>{String(values[name])}</Code>]);
}

const CLAIMS: Record<string, string> = {
  name: "Name",
  given_name: "Given name",
  family_name: "Family name",
  preferred_username: "Username",
  picture: "Picture",
  profile: "Profile",
  locale: "Language",
};

function Address({ profile }: { profile: { email: string | null; emailVerified: boolean } }) {
  if (!profile.email) return <span className="text-ink-muted">None</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Code>{profile.email}</Code>
      {profile.emailVerified ? <Badge tone="success">Verified</Badge> : <Badge tone="warning">Not verified</Badge>}
    </span>
  );
}

/** What a sign-in with this account would do. */
function Sentence({ appId, outcome }: { appId: string; outcome: Extract<TestOutcome, { type: "arrived" }> }) {
  const { decision, userId } = outcome;
  const user = userId ? <TextLink href={appPath(appId, `/users/${userId}`)}>the user</TextLink> : "the user";
  switch (decision.type) {
    case "sign_in":
      return <>A sign-in with this account would sign in {user} that it is linked to.</>;
    case "link":
      return <>A sign-in would link this account to {user} with this verified email address.</>;
    case "take_over":
      return (
        <>
          A user has this email address but never verified it. A sign-in would claim {user} for the verified owner and
          remove the previous password and sessions.
        </>
      );
    case "create":
      return <>A sign-in would create a new user.</>;
    case "refuse":
      return <>{decision.description}</>;
  }
}

const FACTS: Record<string, string> = {
  problem: "Problem",
  expected: "Expected",
  received: "Received",
  provider_says: "Provider’s message",
  status: "Status",
};

function FailedTest({ outcome }: { outcome: Extract<TestOutcome, { type: "failed" }> }) {
  const { remedy, ...facts } = outcome.facts;
  return (
    <div className="grid gap-6">
      <Verdict good={false} title="The connection doesn’t work yet">
        {remedy ?? outcome.description}
      </Verdict>
      <Card title="Details">
        <LongFactList
          facts={[["Error for your app", <Code key="code">{`error=${outcome.code}`}</Code>], ...named(facts, FACTS)]}
        />
      </Card>
    </div>
  );
}

function Verdict({ good, title, children }: { good: boolean; title: string; children: ReactNode }) {
  const Icon = good ? CircleCheck : CircleAlert;
  const look = good ? "bg-success-soft text-success" : "bg-danger-soft text-danger";
  return (
    <section className={`flex gap-3.5 rounded-lg px-6 py-5 ${look}`}>
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" strokeWidth={1.75} />
      <div className="min-w-0 wrap-anywhere">
        <h2 className="text-base font-semibold">{title}</h2>
        <p className="mt-1 text-sm text-ink">{children}</p>
      </div>
    </section>
  );
}

function Code({ children }: { children: string }) {
  return <code className="font-mono text-[0.8125rem] break-all">{children}</code>;
}
