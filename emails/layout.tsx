/** What every mail looks like: the App's name, logo and colour round a few sentences, one button, and what to do if it was not you. */

import type { ReactNode } from "react";
import { Body, Button, Container, Head, Heading, Hr, Html, Img, Link, Preview, Section, Text } from "react-email";
import { brandOf, shownLogo } from "@/lib/brand";
import type { MailBrand } from "@/lib/mail/mail";

const FONT = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';
const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
const INK = "#2b2722";
const MUTED = "#6f685f";
const LINE = "#e4e0d9";
const SUNKEN = "#f3f0eb";
/** Round a button whose colour melts into the sheet; in the dark another. */
const EDGE = "#8a8278";
/** The accent of Foyer's own pages, for an App without a colour. */
const ACCENT = "#17564f";

/** For mail programs that follow the reader's theme; the others show what stands in the elements themselves. */
const DARK = `
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #171513 !important; }
  .sheet { background-color: #211e1b !important; border-right-color: #3b3631 !important; border-bottom-color: #3b3631 !important; border-left-color: #3b3631 !important; }
  .edged { border-color: #7a7268 !important; }
  .ink { color: #f1ede7 !important; }
  .muted { color: #b0a89d !important; }
  .line { border-color: #3b3631 !important; }
  .sunken { background-color: #2b2723 !important; }
}
@media (max-width: 480px) {
  .sheet > tbody > tr > td { padding: 26px 22px 22px !important; }
}`;

/** Names and addresses may be one long word. */
const WRAP = { overflowWrap: "anywhere" } as const;

interface LayoutProps {
  brand: MailBrand;
  /** What a mailbox shows beside the subject. */
  preview: string;
  title: string;
  children: ReactNode;
  /** Why this mail came, and that it may be ignored. */
  footer: string;
}

function Masthead({ brand }: { brand: MailBrand }) {
  const logo = shownLogo(brand.logoUrl);
  return (
    <Section style={{ paddingBottom: 20 }}>
      {logo ? <Img src={logo} alt="" height={36} style={{ marginBottom: 10 }} /> : null}
      <Text className="ink" style={{ margin: 0, fontSize: 15, fontWeight: 600, color: INK, ...WRAP }}>
        {brand.appName}
      </Text>
    </Section>
  );
}

export function Layout({ brand, preview, title, children, footer }: LayoutProps) {
  const { color } = brandOf(brand.color ?? ACCENT);
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body className="page" style={{ margin: 0, padding: "32px 12px", backgroundColor: "#f6f4f0", fontFamily: FONT }}>
        <Container
          className="sheet"
          style={{
            maxWidth: 520,
            backgroundColor: "#fffdfb",
            border: `1px solid ${LINE}`,
            borderTop: `4px solid ${color}`,
            borderRadius: 10,
            padding: "32px 36px 28px",
          }}
        >
          <Masthead brand={brand} />
          <Heading
            as="h1"
            className="ink"
            style={{ margin: "0 0 12px", fontSize: 22, lineHeight: "30px", fontWeight: 600, color: INK, ...WRAP }}
          >
            {title}
          </Heading>
          {children}
          <Hr className="line" style={{ margin: "24px 0 16px", borderColor: LINE }} />
          <Text className="muted" style={{ margin: 0, fontSize: 13, lineHeight: "20px", color: MUTED, ...WRAP }}>
            {footer}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="ink" style={{ margin: "0 0 14px", fontSize: 15, lineHeight: "24px", color: INK, ...WRAP }}>
      {children}
    </Text>
  );
}

/** The one thing to do, and its address in full for whoever cannot press it. */
export function Action({ brand, href, children }: { brand: MailBrand; href: string; children: ReactNode }) {
  const { color, text, light, dark } = brandOf(brand.color ?? ACCENT);
  return (
    <Section style={{ margin: "22px 0 18px" }}>
      <Button
        href={href}
        className={dark.edge === "transparent" ? "action" : "action edged"}
        style={{
          backgroundColor: color,
          color: text,
          fontSize: 15,
          fontWeight: 600,
          borderRadius: 7,
          border: `1px solid ${light.edge === "transparent" ? color : EDGE}`,
          padding: "12px 26px",
          textDecoration: "none",
        }}
      >
        {children}
      </Button>
      <Text className="muted" style={{ margin: "18px 0 0", fontSize: 13, lineHeight: "20px", color: MUTED }}>
        <span className="not-in-text">
          Or open this address:
          <br />
        </span>
        <Link className="muted" href={href} style={{ color: MUTED, wordBreak: "break-all" }}>
          {href}
        </Link>
      </Text>
    </Section>
  );
}

/** A code to type on another device. */
export function Code({ children }: { children: string }) {
  return (
    <Text
      className="ink sunken"
      style={{
        margin: "8px 0 14px",
        padding: "14px 0",
        textAlign: "center",
        fontFamily: MONO,
        fontSize: 28,
        letterSpacing: 8,
        color: INK,
        backgroundColor: SUNKEN,
        borderRadius: 7,
      }}
    >
      {children}
    </Text>
  );
}

/** A few facts, one a line: when, where, which device. */
export function Facts({ facts }: { facts: Record<string, string | null> }) {
  const known = Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null);
  return (
    <Section
      className="sunken"
      style={{ margin: "4px 0 14px", padding: "12px 16px", backgroundColor: SUNKEN, borderRadius: 7 }}
    >
      {known.map(([name, value]) => (
        <Text
          key={name}
          className="ink"
          style={{ margin: "2px 0", fontSize: 14, lineHeight: "22px", color: INK, ...WRAP }}
        >
          <span className="muted" style={{ color: MUTED }}>
            {name}:
          </span>{" "}
          {value}
        </Text>
      ))}
    </Section>
  );
}
