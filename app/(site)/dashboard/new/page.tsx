// Page to create an app.
import type { Metadata } from "next";
import { requireDeveloper } from "@/app/_server/dashboard-session";
import { NewAppForm } from "./new-app-form";

export const metadata: Metadata = { title: "Create app" };

export default async function NewAppPage() {
  await requireDeveloper("/dashboard/new");
  return (
    <div className="mx-auto max-w-3xl">
      <NewAppForm />
    </div>
  );
}
