// First page of the documentation.
import { notFound } from "next/navigation";
import { DocArticle } from "./article";
import { findDocPage } from "./pages";

export default function DocsPage() {
  const page = findDocPage("introduction");
  if (!page) notFound();
  return <DocArticle page={page} />;
}
