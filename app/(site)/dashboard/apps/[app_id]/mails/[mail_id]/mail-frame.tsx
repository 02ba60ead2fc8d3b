"use client";

// The mail as it looks, in the theme that the dashboard has.
type MailFrameProps = {
  html: string;
  /** Of the request that renders this. */
  nonce: string;
};

export function MailFrame({ html, nonce }: MailFrameProps) {
  // The policy that holds is the document's, which may be older than this page: one is reached from the other without loading.
  const inForce = typeof document === "undefined" ? nonce : documentNonce() || nonce;
  const shown = html.replace("<head>", '<head><base target="_blank">');
  return (
    // Sandboxed: it can run nothing and reach nothing, and its links open beside the dashboard.
    <iframe
      title="The mail as it looks"
      srcDoc={shown.replace("<style>", `<style nonce="${inForce}">`)}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      className="h-[47rem] w-full rounded-lg border border-line shadow-sm"
    />
  );
}

function documentNonce(): string | undefined {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
}
