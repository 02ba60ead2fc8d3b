// Documentation page.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocArticle } from "../article";
import { findDocPage } from "../pages";

interface DocPageProps {
  params: Promise<{ page: string }>;
}

export async function generateMetadata({ params }: DocPageProps): Promise<Metadata> {
  const page = findDocPage((await params).page);
  return page ? { title: page.title, description: page.lead } : { title: "Page not found" };
}

export default async function DocPageOfSlug({ params }: DocPageProps) {
  const page = findDocPage((await params).page);
  if (!page) notFound();
  return <DocArticle page={page} />;
}
