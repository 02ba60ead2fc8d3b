// Second factors of the account, as far as the app offers them or the user has them, and recovery codes.
import { LifeBuoy, Mail, Smartphone } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/app/_ui/badge";
import { Button, ButtonLink } from "@/app/_ui/button";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { App } from "@/lib/apps/apps";
import type { FactorSummary } from "@/lib/factors/factor";
import type { HostedSession } from "@/lib/sessions/cookie";
import { PostForm } from "../form";
import { screenPath } from "../screen";
import { Section } from "./section";

type FactorsProps = {
  app: App;
  session: HostedSession;
  factors: FactorSummary[];
  /** How many recovery codes still work. */
  codesLeft: number;
};

function offers({ settings: { mfa, mfa_methods: methods } }: App, type: "totp" | "email"): boolean {
  return mfa !== "off" && methods.includes(type);
}

export function SecondFactors(props: FactorsProps) {
  const { app, session, factors, codesLeft } = props;
  const [totp, email] = (["totp", "email"] as const).map((kind) => factors.find(({ type }) => type === kind));
  const showsTotp = totp || offers(app, "totp");
  const showsEmail = email || (offers(app, "email") && session.email);
  if (!showsTotp && !showsEmail && factors.length === 0) return null;
  return (
    <Section
      title="Second factor"
      description="A second factor protects your account even if another person learns your password."
    >
      <ul className="-my-4 divide-y divide-line">
        {showsTotp && <Authenticator app={app} factor={totp} />}
        {showsEmail && <EmailedCodes app={app} session={session} factor={email} />}
        {factors.length > 0 && <RecoveryCodesRow app={app} left={codesLeft} />}
      </ul>
    </Section>
  );
}

type FactorRowProps = {
  icon: ReactNode;
  title: ReactNode;
  text: ReactNode;
  /** A form below the text. */
  below?: ReactNode;
  /** Buttons. */
  children: ReactNode;
};

export function FactorRow({ icon, title, text, below, children }: FactorRowProps) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 py-4">
      <span className="grid size-10 shrink-0 place-items-center rounded-md border border-line bg-surface-sunken text-ink-muted">
        {icon}
      </span>
      <div className="min-w-0 flex-1 basis-48 text-sm">
        <h3 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">{title}</h3>
        <p className="mt-0.5 text-ink-muted">{text}</p>
        {below}
      </div>
      <div className="flex flex-wrap gap-2 max-sm:ml-14">{children}</div>
    </li>
  );
}

/** When it was added and last used. */
export function FactorTimes({ factor }: { factor: FactorSummary }) {
  return (
    <>
      Added <RelativeTime at={factor.createdAt} /> ·{" "}
      {factor.lastUsedAt ? (
        <>
          last used <RelativeTime at={factor.lastUsedAt} />
        </>
      ) : (
        "never used"
      )}
    </>
  );
}

type RemoveFactorProps = { app: App; factor: FactorSummary; what: string; label?: string };

export function RemoveFactor({ app, factor, what, label = "Remove" }: RemoveFactorProps) {
  return (
    <PostForm app={app} path="account/factors/remove" hidden={{ factor: factor.id }}>
      <Button type="submit" variant="secondary" size="sm" aria-label={`${label} ${what}`}>
        {label}
      </Button>
    </PostForm>
  );
}

function Authenticator({ app, factor }: { app: App; factor: FactorSummary | undefined }) {
  const icon = <Smartphone aria-hidden="true" className="size-5" strokeWidth={1.5} />;
  const setUp = (
    <ButtonLink href={screenPath(app, "account/authenticator")} prefetch={false} variant="secondary" size="sm">
      {factor ? "Replace" : "Set up"}
      <span className="sr-only"> authenticator app</span>
    </ButtonLink>
  );
  if (!factor) {
    return (
      <FactorRow icon={icon} title="Authenticator app" text="An app on your phone shows a code for each sign-in.">
        {setUp}
      </FactorRow>
    );
  }
  return (
    <FactorRow
      icon={icon}
      title={
        <>
          Authenticator app <Badge tone="success">On</Badge>
        </>
      }
      text={<FactorTimes factor={factor} />}
    >
      {offers(app, "totp") && setUp}
      <RemoveFactor app={app} factor={factor} what="authenticator app" />
    </FactorRow>
  );
}

type EmailedCodesProps = { app: App; session: HostedSession; factor: FactorSummary | undefined };

function EmailedCodes({ app, session, factor }: EmailedCodesProps) {
  // Where a second factor is required, every verified address gets codes.
  const isAlwaysOn = app.settings.mfa === "required" && session.emailVerifiedAt !== null;
  const isOn = factor !== undefined || isAlwaysOn;
  return (
    <FactorRow
      icon={<Mail aria-hidden="true" className="size-5" strokeWidth={1.5} />}
      title={<>Emailed codes {isOn && <Badge tone="success">On</Badge>}</>}
      text={factor ? <FactorTimes factor={factor} /> : "We email you a code for each sign-in with your password."}
    >
      {factor && <RemoveFactor app={app} factor={factor} what="emailed codes" label="Turn off" />}
      {!isOn && (
        <PostForm app={app} path="account/email-codes/send">
          <Button type="submit" variant="secondary" size="sm">
            Turn on<span className="sr-only"> emailed codes</span>
          </Button>
        </PostForm>
      )}
    </FactorRow>
  );
}

function RecoveryCodesRow({ app, left }: { app: App; left: number }) {
  return (
    <FactorRow
      icon={<LifeBuoy aria-hidden="true" className="size-5" strokeWidth={1.5} />}
      title={
        <>Recovery codes {left <= 2 && <Badge tone="warning">{left === 0 ? "None left" : `${left} left`}</Badge>}</>
      }
      text={
        left === 0
          ? "Create new codes, so that you can sign in if you lose your second factor."
          : `${left} of 10 codes are left. Each signs you in once if you lose your second factor.`
      }
    >
      <PostForm app={app} path="account/recovery-codes/new">
        <Button type="submit" variant="secondary" size="sm">
          Create new codes
        </Button>
      </PostForm>
    </FactorRow>
  );
}
