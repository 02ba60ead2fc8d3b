// Syntax highlighting on the server. The colors are tokens, so both themes have them.
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import go from "highlight.js/lib/languages/go";
import java from "highlight.js/lib/languages/java";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";

const LANGUAGES = { bash, go, java, json, python, typescript, xml };
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);

/** TypeScript contains JavaScript. */
const ALIASES: Record<string, string> = { js: "typescript" };

/** Code in a language that has no grammar, such as `text`, stays plain. */
export function Highlighted({ code, language }: { code: string; language: string }) {
  const name = ALIASES[language] ?? language;
  if (!hljs.getLanguage(name)) return code;
  const { value } = hljs.highlight(code, { language: name, ignoreIllegals: true });
  // biome-ignore lint/security/noDangerouslySetInnerHtml: highlight.js escapes the code
  return <span className="code" dangerouslySetInnerHTML={{ __html: value }} />;
}
