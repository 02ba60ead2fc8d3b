// Markdown renderer for the documentation. Unknown syntax is an error; raw HTML is never rendered.
import { Lexer, lexer, type MarkedToken, type Token, type Tokens } from "marked";
import type { ReactNode } from "react";
import { CodeBlock } from "@/app/_ui/code-block";
import { Table } from "@/app/_ui/table";
import { TextLink } from "@/app/_ui/text-link";
import { SequenceDiagram } from "./diagram";
import { headingId, plainText } from "./headings";
import { Highlighted } from "./highlight";
import { siteHref } from "./hrefs";

/** The body of a page: everything below its title and its first paragraph. */
export function Markdown({ text }: { text: string }) {
  const blocks = lexer(text).filter(({ type }) => type !== "space");
  return <Blocks tokens={blocks.slice(2)} />;
}

/** Inline Markdown, without blocks. */
export function InlineMarkdown({ text }: { text: string }) {
  return <Inline tokens={Lexer.lexInline(text)} />;
}

function Blocks({ tokens }: { tokens: Token[] }) {
  let section = "";
  return tokens.map((token, index) => {
    if (token.type === "heading") section = plainText(token.tokens ?? []);
    // biome-ignore lint/suspicious/noArrayIndexKey: a page does not change while it is shown
    return <Block key={index} token={token} section={section} />;
  });
}

/** `section`: the heading above the block, used as the caption of a table. */
function Block({ token, section }: { token: Token; section: string }) {
  const known = token as MarkedToken;
  switch (known.type) {
    case "space":
      return null;
    case "heading":
      return <Heading token={known} />;
    case "paragraph":
      return (
        <p className="mt-4">
          <Inline tokens={known.tokens} />
        </p>
      );
    case "text":
      return <Inline tokens={known.tokens ?? [known]} />;
    case "code":
      return <Fence token={known} />;
    case "list":
      return <List token={known} />;
    case "table":
      return <DataTable token={known} caption={section} />;
    case "blockquote":
      return <Note tokens={known.tokens} />;
    default:
      return failUnsupported(token);
  }
}

function Heading({ token }: { token: Tokens.Heading }) {
  const id = headingId(token);
  const link = (
    <a href={`#${id}`} className="group rounded-sm">
      <Inline tokens={token.tokens} />
      <span
        aria-hidden="true"
        className="pl-2 font-normal text-ink-muted opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
      >
        #
      </span>
    </a>
  );
  return token.depth === 2 ? (
    <h2 id={id} className="mt-14 scroll-mt-22 text-xl font-semibold">
      {link}
    </h2>
  ) : (
    <h3 id={id} className="mt-9 scroll-mt-22 text-base font-semibold">
      {link}
    </h3>
  );
}

/** The words after the language are the title of a code block. */
function Fence({ token }: { token: Tokens.Code }) {
  const [language = "", ...words] = (token.lang ?? "").split(" ");
  const title = words.join(" ");
  if (language === "mermaid") return <SequenceDiagram title={title} source={token.text} />;
  return (
    <div className="mt-5 mb-6">
      <CodeBlock title={title} code={token.text}>
        <Highlighted code={token.text} language={language} />
      </CodeBlock>
    </div>
  );
}

function List({ token }: { token: Tokens.List }) {
  const items = token.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a page does not change while it is shown
    <li key={index} className="pl-1.5 marker:text-ink-muted [&>p:first-child]:mt-0">
      <Blocks tokens={item.tokens} />
    </li>
  ));
  return token.ordered ? (
    <ol className="mt-4 grid list-decimal gap-2 pl-5.5">{items}</ol>
  ) : (
    <ul className="mt-4 grid list-disc gap-2 pl-5.5">{items}</ul>
  );
}

function DataTable({ token, caption }: { token: Tokens.Table; caption: string }) {
  const columns = token.header.map((head, index) => ({
    label: head.text,
    cell: (row: Tokens.TableCell[]) => {
      const content = <Inline tokens={row[index]?.tokens} />;
      // The first cell is often code, which must not wrap. On a phone the table scrolls.
      return index === 0 ? (
        <span className="[&_code]:whitespace-nowrap">{content}</span>
      ) : (
        <span className="block max-sm:min-w-36">{content}</span>
      );
    },
  }));
  return (
    <div className="mt-5 mb-6">
      <Table
        caption={caption}
        columns={columns}
        rows={token.rows}
        rowKey={(row) => row.map(({ text }) => text).join()}
      />
    </div>
  );
}

function Note({ tokens }: { tokens: Token[] }) {
  return (
    <aside className="mt-5 mb-6 rounded-md border border-line border-l-2 border-l-accent bg-surface-raised px-5 py-4 text-sm [&>p:first-child]:mt-0">
      <Blocks tokens={tokens} />
    </aside>
  );
}

function Inline({ tokens = [] }: { tokens?: Token[] }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a page does not change while it is shown
  return tokens.map((token, index) => <Span key={index} token={token} />);
}

function Span({ token }: { token: Token }): ReactNode {
  const known = token as MarkedToken;
  switch (known.type) {
    case "text":
    case "escape":
      return known.text;
    case "strong":
      return (
        <strong className="font-semibold">
          <Inline tokens={known.tokens} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Inline tokens={known.tokens} />
        </em>
      );
    case "codespan":
      return (
        <code className="rounded-sm bg-surface-sunken px-1 py-0.5 font-mono text-[0.875em] [overflow-wrap:anywhere]">
          {known.text}
        </code>
      );
    case "link":
      return (
        <TextLink href={siteHref(known.href)}>
          <Inline tokens={known.tokens} />
        </TextLink>
      );
    default:
      return failUnsupported(token);
  }
}

function failUnsupported({ type, raw }: Token): never {
  throw new Error(`The documentation cannot render Markdown of type ${type}: ${raw}`);
}
