// A page of the documentation. The server renders it completely, and Next sends none of its own script with it.
import type { GetServerSideProps } from "next";
import Head from "next/head";
import type { RenderedPage } from "@/app/(site)/docs/render";

export const config = { unstable_runtimeJS: false };

export const getServerSideProps: GetServerSideProps<RenderedPage> = async ({ params, query, req, res }) => {
  // Loaded on the first request, because it imports every page. Not in the browser's bundle.
  const { renderDocs } = await import("@/app/(site)/docs/render");
  const page = renderDocs({
    path: [params?.path ?? []].flat(),
    q: [query.q ?? ""].flat()[0] ?? "",
    cookies: req.headers.cookie,
  });
  if (!page) return { notFound: true };
  // The theme is in the HTML, so the page is the browser's own.
  res.setHeader("Cache-Control", "private, no-cache");
  return { props: page };
};

export default function DocsPage({ title, description, html }: RenderedPage) {
  return (
    <>
      <Head>
        <title>{title}</title>
        {description && <meta name="description" content={description} />}
      </Head>
      {/* In development React hydrates the page, after the script has changed it. */}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: React made it on the server */}
      <div suppressHydrationWarning dangerouslySetInnerHTML={{ __html: html }} />
    </>
  );
}
