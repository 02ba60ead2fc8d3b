// 404 for the pages of an App that does not exist.
import type { Metadata } from "next";
import { PageCard } from "./page-card";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <PageCard title="Nobody lives at this address">
      <div className="grid gap-3 text-sm text-ink-muted">
        <p>There is no app under this link. It may have moved out, or a letter got lost on the way.</p>
        <p>Go back to where you came from and try again from there.</p>
      </div>
    </PageCard>
  );
}
