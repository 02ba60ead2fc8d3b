import type { Metadata } from "next";
import { NotFoundMessage } from "./not-found-message";

export const metadata: Metadata = { title: "Not found" };

export default function DashboardNotFound() {
  return (
    <NotFoundMessage
      title="Page not found"
      description="The page doesn’t exist, or you aren’t a member of its app. Check the URL."
      link={{ href: "/dashboard", label: "View your apps" }}
    />
  );
}
