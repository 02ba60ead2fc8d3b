/** The table of contents for language models (llmstxt.org): every page, and where it is as it was written. */
import { env } from "@/lib/env";
import { listDocSections, markdownHref } from "./pages";

const ABOUT =
  "Multi-tenant authentication, and an OAuth 2 and OpenID Connect provider for each App, self-hosted in one Node process with one PostgreSQL.";

export function llmsText(): string {
  const { PUBLIC_URL } = env();
  const sections = listDocSections().map(({ title, pages }) => {
    const lines = pages.map((page) => `- [${page.title}](${PUBLIC_URL}${markdownHref(page.slug)}): ${page.lead}`);
    return `## ${title}\n\n${lines.join("\n")}`;
  });
  const api = `## API\n\n- [OpenAPI 3.1](${PUBLIC_URL}/api/openapi.json): every call, with its fields, answers and errors`;
  return `${["# Foyer", `> ${ABOUT}`, ...sections, api].join("\n\n")}\n`;
}
