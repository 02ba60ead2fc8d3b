// The first steps of a new app. They check themselves off.
import { Check } from "lucide-react";
import { TextLink } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { FIRST_STEPS, type FirstStep, findDoneSteps } from "@/lib/apps/first-steps";
import { appPath } from "../app-paths";

interface Step {
  title: string;
  link: { label: string; href: (appId: string) => string };
}

const inApp = (page: string) => (appId: string) => appPath(appId, page);

const STEPS: Record<FirstStep, Step> = {
  user: { title: "First user", link: { label: "Sign up a user", href: inApp("/quickstart") } },
  return_url: { title: "Return URL", link: { label: "Add return URL", href: inApp("/methods#return-urls") } },
  application: { title: "First application", link: { label: "Create application", href: inApp("/clients/new") } },
  email: {
    title: "Email delivery",
    link: { label: "Set up email delivery", href: () => "/docs/self-hosting#environment" },
  },
  verified: { title: "Your email address", link: { label: "Verify email address", href: () => "/dashboard/account" } },
  team: { title: "Teammate", link: { label: "Invite teammate", href: inApp("/team") } },
};

/** Shows nothing once all steps are done. */
export async function Checklist({ app, developerId }: { app: App; developerId: string }) {
  const done = await findDoneSteps(app, developerId);
  if (done.size === FIRST_STEPS.length) return null;
  return (
    <section
      aria-labelledby="first-steps"
      className="rounded-lg border border-line bg-surface-raised px-6 py-5 shadow-sm"
    >
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="first-steps" className="text-base font-semibold">
          First steps
        </h2>
        <p className="text-sm text-ink-muted">
          {done.size} of {FIRST_STEPS.length} done
        </p>
      </div>
      <ul className="mt-3 grid gap-1">
        {FIRST_STEPS.map((step) => (
          <Item key={step} step={STEPS[step]} isDone={done.has(step)} appId={app.id} />
        ))}
      </ul>
    </section>
  );
}

function Item({ step: { title, link }, isDone, appId }: { step: Step; isDone: boolean; appId: string }) {
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 text-sm">
      <span
        className={`grid size-5 shrink-0 place-items-center rounded-full border ${isDone ? "border-accent bg-accent text-accent-contrast" : "border-line-strong"}`}
      >
        {isDone && <Check aria-hidden="true" className="size-3.5" strokeWidth={2.5} />}
      </span>
      <span className={isDone ? "text-ink-muted" : "font-medium"}>
        {title}
        {isDone && <span className="sr-only">, done</span>}
      </span>
      {!isDone && (
        <span className="ml-auto">
          <TextLink href={link.href(appId)}>{link.label}</TextLink>
        </span>
      )}
    </li>
  );
}
