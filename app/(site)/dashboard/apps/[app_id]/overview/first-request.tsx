// Status of the app's first API request. The page refreshes until it arrives.
import { Check } from "lucide-react";
import { RelativeTime } from "@/app/_ui/relative-time";
import { TextLink } from "@/app/_ui/text-link";
import { RefreshWhile } from "./refresh-while";

export function FirstRequest({ at, usersPath }: { at: Date | null; usersPath: string }) {
  return (
    <>
      <div
        role="status"
        className={`flex items-start gap-3 rounded-md border px-4 py-3 text-sm transition-colors duration-700 ${at ? "border-success bg-success-soft" : "border-line bg-surface-sunken"}`}
      >
        {at ? <Received at={at} usersPath={usersPath} /> : <Waiting />}
      </div>
      <RefreshWhile waiting={!at} />
    </>
  );
}

function Waiting() {
  return (
    <>
      <span aria-hidden="true" className="relative mt-1.5 flex size-2.5 shrink-0">
        <span className="absolute inset-0 animate-ping rounded-full bg-accent opacity-60 [animation-duration:2.4s]" />
        <span className="relative size-2.5 rounded-full bg-accent" />
      </span>
      <div>
        <p className="font-medium">Waiting for the first request</p>
        <p className="text-ink-muted">Run step 1 or 2 with your API key. This page updates automatically.</p>
      </div>
    </>
  );
}

function Received({ at, usersPath }: { at: Date; usersPath: string }) {
  return (
    <>
      <span
        aria-hidden="true"
        className="mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-full bg-success"
      >
        <Check className="size-3 text-surface" strokeWidth={3} />
      </span>
      <div>
        <p className="font-medium text-success">Your app works</p>
        <p className="text-ink-muted">
          Foyer received the first request <RelativeTime at={at} />. <TextLink href={usersPath}>View users</TextLink>
        </p>
      </div>
    </>
  );
}
