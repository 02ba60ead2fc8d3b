// From nothing to a verified token in three steps, in one's own language, with the App's own values.
import type { ReactNode } from "react";
import { CodeBlock } from "@/app/_ui/code-block";
import { TextLink } from "@/app/_ui/text-link";
import type { App } from "@/lib/apps/apps";
import { findFirstRequest } from "@/lib/apps/dashboard";
import { appPath } from "../app-paths";
import { FirstRequest } from "./first-request";
import { FrameworkPicker } from "./framework-picker";
import { type Framework, type Values, valuesOf } from "./frameworks/framework";
import { FRAMEWORKS } from "./frameworks/list";

/** `bare`: its page says already what it is. */
export async function Quickstart({ app, bare = false }: { app: App; bare?: boolean }) {
  const path = appPath(app.id);
  const values = valuesOf(app);
  const frameworks = FRAMEWORKS.map((framework) => ({
    id: framework.id,
    label: framework.label,
    panel: <Steps framework={framework} values={values} path={path} heading={bare ? "h2" : "h3"} />,
  }));
  return (
    <section aria-label="Quickstart">
      {!bare && (
        <>
          <h2 className="text-xl font-medium">Quickstart</h2>
          <p className="mt-1 text-sm text-ink-muted">Paste and run: the values are those of this App.</p>
        </>
      )}
      <div className="mt-5">
        <FirstRequest at={await findFirstRequest(app.id)} usersPath={`${path}/users`} />
      </div>
      <SignUpNotice app={app} methodsPath={`${path}/methods`} />
      <div className="mt-8">
        <FrameworkPicker frameworks={frameworks} />
      </div>
    </section>
  );
}

type StepsProps = { framework: Framework; values: Values; path: string; heading: "h2" | "h3" };

function Steps({ framework, values, path, heading }: StepsProps) {
  return (
    <ol className="mt-8 grid gap-10">
      <Step number={1} title="Sign a user up" heading={heading}>
        <p>
          Your backend shows its API key. A key is shown only once, when it is made: take yours, or{" "}
          <TextLink href={`${path}/keys`}>make a new one</TextLink>.
        </p>
        <CodeBlock {...framework.prepare(values)} />
        <CodeBlock {...framework.signUp(values)} />
      </Step>
      <Step number={2} title="Log in" heading={heading}>
        <p>The same question with the same answer: a token for the session, and a refresh token to prolong it.</p>
        <CodeBlock {...framework.logIn(values)} />
      </Step>
      <Step number={3} title="Verify the token" heading={heading}>
        <p>
          Any JWT library will do. Keys are fetched once and kept, so verifying takes no request to Foyer; asking{" "}
          <code className="font-mono text-[0.8125rem]">/api/me</code> does, and sees a session end at once.
        </p>
        <CodeBlock {...framework.verify(values)} />
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

/** The steps would be refused: say so before somebody wonders. */
function SignUpNotice({ app, methodsPath }: { app: App; methodsPath: string }) {
  const { signups, methods } = app.settings;
  if (signups === "open" && methods.password) return null;
  return (
    <p className="mt-4 rounded-md border border-warning bg-warning-soft px-4 py-3 text-sm">
      {methods.password ? "This App takes no sign-ups at present" : "This App has passwords switched off"}, so step 1
      will be refused. Change it in the <TextLink href={methodsPath}>sign-in methods</TextLink>.
    </p>
  );
}
