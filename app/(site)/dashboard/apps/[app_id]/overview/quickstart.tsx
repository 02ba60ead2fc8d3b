// Quickstart: four steps to a session that is verified and refreshed, in several languages, with the app's values.
import type { ReactNode } from "react";
import { CodeBlock } from "@/app/_ui/code-block";
import { TextLink } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { findFirstSignInByKey } from "@/lib/apps/first-sign-in";
import { appPath } from "../app-paths";
import { FirstRequest } from "./first-request";
import { FrameworkPicker } from "./framework-picker";
import { type Framework, type Values, valuesOf } from "./frameworks/framework";
import { FRAMEWORKS } from "./frameworks/list";

/** `bare`: without a heading, for a page of its own. */
export async function Quickstart({ app, bare = false }: { app: App; bare?: boolean }) {
  const path = appPath(app.id);
  const values = valuesOf(app);
  const frameworks = FRAMEWORKS.map((framework) => ({
    id: framework.id,
    label: framework.label,
    panel: (
      <Steps framework={framework} values={values} mfa={app.settings.mfa} path={path} heading={bare ? "h2" : "h3"} />
    ),
  }));
  return (
    <section aria-label="Quickstart">
      {!bare && (
        <>
          <h2 className="text-xl font-medium">Quickstart</h2>
          <p className="mt-1 text-sm text-ink-muted">The examples contain the values of this app.</p>
        </>
      )}
      <div className="mt-5">
        <FirstRequest at={await findFirstSignInByKey(app.id)} usersPath={`${path}/users`} />
      </div>
      <SignUpNotice app={app} methodsPath={`${path}/methods`} />
      <p className="mt-5 text-sm text-ink-muted">
        The examples are for forms of your own. To use the hosted pages, see{" "}
        <TextLink href="/docs/add-sign-in">Add sign-in to your app</TextLink>.
      </p>
      <div className="mt-8">
        <FrameworkPicker frameworks={frameworks} />
      </div>
    </section>
  );
}

type StepsProps = {
  framework: Framework;
  values: Values;
  mfa: App["settings"]["mfa"];
  path: string;
  heading: "h2" | "h3";
};

function Steps({ framework, values, mfa, path, heading }: StepsProps) {
  return (
    <ol className="mt-8 grid gap-10">
      <Step number={1} title="Sign up a user" heading={heading}>
        <p>
          Your backend authenticates with an API key. Use your existing key or{" "}
          <TextLink href={`${path}/keys`}>create a key</TextLink>.
        </p>
        <CodeBlock {...framework.prepare(values)} />
        <CodeBlock {...framework.signUp(values)} />
      </Step>
      <Step number={2} title="Sign in the user" heading={heading}>
        <p>The response is the same as for a sign-up: an access token and a refresh token for the session.</p>
        <CodeBlock {...framework.signIn(values)} />
        {mfa !== "off" && (
          <>
            <p>
              A user with a second factor gets no session yet. The response is 403{" "}
              <code className="font-mono text-[0.8125rem]">mfa_required</code>: ask the user for the code, and send it
              with the response’s <code className="font-mono text-[0.8125rem]">mfa_token</code>. See{" "}
              <TextLink href="/docs/second-factors">Second factors</TextLink>.
            </p>
            <CodeBlock {...framework.secondFactor(values)} />
          </>
        )}
      </Step>
      <Step number={3} title="Verify the token" heading={heading}>
        <p>
          Any JWT library works. It caches the public keys, so verification needs no request to Foyer. To detect a
          revoked session immediately, call <code className="font-mono text-[0.8125rem]">/api/me</code> instead.
        </p>
        <CodeBlock {...framework.verify(values)} />
      </Step>
      <Step number={4} title="Refresh the session" heading={heading}>
        <p>
          Tokens expire after minutes. The refresh token gets the next one, and each refresh token works once. The
          request needs no API key.
        </p>
        <CodeBlock {...framework.refresh(values)} />
      </Step>
    </ol>
  );
}

type StepProps = Pick<StepsProps, "heading"> & { number: number; title: string; children: ReactNode };

function Step({ number, title, heading: Heading, children }: StepProps) {
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4">
      <span
        aria-hidden="true"
        className="flex size-7 items-center justify-center rounded-full border border-line-strong font-mono text-xs"
      >
        {number}
      </span>
      <div className="grid gap-3 text-sm [&>p]:text-ink-muted">
        <Heading className="pt-0.5 text-base font-semibold">{title}</Heading>
        {children}
      </div>
    </li>
  );
}

/** Explains why step 1 would be rejected with the current settings. */
function SignUpNotice({ app, methodsPath }: { app: App; methodsPath: string }) {
  const { signups, methods } = app.settings;
  if (signups === "open" && methods.password) return null;
  return (
    <p className="mt-4 rounded-md border border-warning bg-warning-soft px-4 py-3 text-sm">
      {methods.password ? "Sign-up is restricted for this app" : "Passwords are disabled for this app"}, so step 1 will
      be rejected. Change this in <TextLink href={methodsPath}>Sign-in methods</TextLink>.
    </p>
  );
}
