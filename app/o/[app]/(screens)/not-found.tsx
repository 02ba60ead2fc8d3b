// 404 page for an App that does not exist.
import type { Metadata } from "next";
import { PageCard } from "./page-card";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <PageCard title="Page not found">
      <div className="grid gap-3 text-sm text-ink-muted">
        <p>This link isn’t valid. Check that you copied all of it.</p>
        <p>Go back to the app that you came from and try again.</p>
      </div>
    </PageCard>
  );
}
