// A new App: its name goes in, its key comes out, once.
import type { Metadata } from "next";
import { requireDeveloper } from "@/app/_server/dashboard-session";
import { NewAppForm } from "./new-app-form";

export const metadata: Metadata = { title: "Create an App" };

export default async function NewAppPage() {
  await requireDeveloper("/dashboard/new");
  return (
    <div className="mx-auto max-w-3xl">
      <NewAppForm />
    </div>
  );
}
