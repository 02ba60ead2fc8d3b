/** The frame of every email: the app's name and logo, a heading, the content and a footer. */
import type { ReactNode } from "react";
import { Body, Container, Head, Heading, Hr, Html, Img, Preview, Section, Text } from "react-email";
import { brandOf, shownLogo } from "@/lib/brand";
import type { EmailBrand } from "./template";
import { ACCENT, DARK, FONT, INK, LINE, MUTED, WRAP } from "./theme";

interface LayoutProps {
  brand: EmailBrand;
  /** What an inbox shows beside the subject. */
  preview: string;
  title: string;
  children: ReactNode;
  /** Why the user received this email, or that it can be ignored. */
  footer: string;
}

function Masthead({ brand }: { brand: EmailBrand }) {
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
