// Device page (RFC 8628 §3.3): the user enters the code that the device shows.
import type { Metadata } from "next";
import { loadFlash, requireApp } from "@/app/_server/hosted";
import { controlClass, FieldShell } from "@/app/_ui/field";
import { Alert } from "../alert";
import { BrandButton, PostForm } from "../form";
import { PageCard } from "../page-card";
import type { ScreenProps } from "../screen";

const MAX_LENGTH = 40;

async function load({ params, searchParams }: ScreenProps) {
  const app = await requireApp((await params).app);
  const { user_code: code } = await searchParams;
  return {
    app,
    flash: await loadFlash(app, "device"),
    code: typeof code === "string" ? code.slice(0, MAX_LENGTH) : "",
  };
}

/** An error is part of the title, because a screen reader reads the title first. */
export async function generateMetadata(props: ScreenProps): Promise<Metadata> {
  const { app, flash } = await load(props);
  return { title: { absolute: `${flash ? "Error: " : ""}Connect a device · ${app.name}` } };
}

export default async function DevicePage(props: ScreenProps) {
  const { app, flash, code } = await load(props);
  const error = flash?.fields?.user_code;
  return (
    <PageCard
      app={app}
      title="Connect a device"
      description={<p>Enter the code that your device or command line shows.</p>}
    >
      <PostForm app={app} path="device" className="grid gap-5">
        {flash && !error && (
          <Alert tone="danger" role="alert">
            {flash.message}
          </Alert>
        )}
        <FieldShell label="Code" error={error} hint="Eight letters, like WDJB-MJHT">
          {(control) => (
            <input
              {...control}
              name="user_code"
              defaultValue={code}
              maxLength={MAX_LENGTH}
              required
              dir="ltr"
              autoComplete="off"
              autoCapitalize="characters"
              autoCorrect="off"
              spellCheck={false}
              className={`${controlClass} h-14 px-3 text-center font-mono text-2xl tracking-[0.18em] uppercase sm:text-2xl`}
            />
          )}
        </FieldShell>
        <BrandButton className="w-full">Continue</BrandButton>
      </PostForm>
      <p className="mt-5 text-sm text-ink-muted">
        Enter only a code from a device that you’re using yourself. Never enter a code that another person sent you.
      </p>
    </PageCard>
  );
}
