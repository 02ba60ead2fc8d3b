/** llms.txt (llmstxt.org): the documentation's table of contents for language models. */
import { env } from "@/lib/env";
import { listDocSections, markdownHref } from "./pages";

const ABOUT =
  "Self-hosted, multi-tenant authentication service. Each app is also an OAuth 2 and OpenID Connect provider. Foyer runs as one Node.js process with one PostgreSQL database.";

export function llmsText(): string {
  const { PUBLIC_URL } = env();
  const sections = listDocSections().map(({ title, pages }) => {
    const lines = pages.map((page) => `- [${page.title}](${PUBLIC_URL}${markdownHref(page.slug)}): ${page.lead}`);
    return `## ${title}\n\n${lines.join("\n")}`;
  });
  const api = `## API\n\n- [OpenAPI 3.1](${PUBLIC_URL}/api/openapi.json): every endpoint, with its fields, responses, and errors`;
  return `${["# Foyer", `> ${ABOUT}`, ...sections, api].join("\n\n")}\n`;
}
