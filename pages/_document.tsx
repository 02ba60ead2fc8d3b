// Document of the pages that are served as HTML alone: theme, fonts, and the one script.
import NextDocument, { type DocumentContext, Head, Html, Main, NextScript } from "next/document";
import { fontVariables } from "@/app/_ui/fonts";
import { SURFACE, type Theme, themeOf } from "@/app/_ui/theme";

interface DocumentProps {
  theme: Theme | null;
  nonce: string | undefined;
}

export default class StaticDocument extends NextDocument<DocumentProps> {
  static override async getInitialProps(context: DocumentContext) {
    const headers = context.req?.headers ?? {};
    const nonce = headers["x-nonce"];
    const initial = await NextDocument.getInitialProps(context);
    return { ...initial, theme: themeOf(headers.cookie), nonce: typeof nonce === "string" ? nonce : undefined };
  }

  override render() {
    const { theme, nonce } = this.props;
    return (
      <Html lang="en" className={fontVariables} data-theme={theme ?? undefined}>
        <Head nonce={nonce}>
          <link rel="icon" href="/favicon.ico" sizes="any" />
          <link rel="icon" href="/logo.svg" type="image/svg+xml" />
          <meta name="color-scheme" content={theme ?? "light dark"} />
          {(["light", "dark"] as const).map((name) => (
            <meta
              key={name}
              name="theme-color"
              media={`(prefers-color-scheme: ${name})`}
              content={SURFACE[theme ?? name]}
            />
          ))}
          <script type="module" nonce={nonce} src="/docs.js" />
        </Head>
        <body>
          <Main />
          <NextScript nonce={nonce} />
        </body>
      </Html>
    );
  }
}
