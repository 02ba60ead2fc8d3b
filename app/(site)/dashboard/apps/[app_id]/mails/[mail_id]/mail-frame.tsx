"use client";

// Rendered email, in the theme of the dashboard.
type MailFrameProps = {
  html: string;
  /** The CSP nonce of the current request. */
  nonce: string;
};

export function MailFrame({ html, nonce }: MailFrameProps) {
  // After a client-side navigation, the CSP of the first loaded document applies.
  const activeNonce = typeof document === "undefined" ? nonce : documentNonce() || nonce;
  const shown = html.replace("<head>", '<head><base target="_blank">');
  return (
    // Sandboxed: the email can't run scripts, and its links open in a new tab.
    <iframe
      title="Email preview"
      srcDoc={shown.replace("<style>", `<style nonce="${activeNonce}">`)}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      className="h-[47rem] w-full rounded-lg border border-line shadow-sm"
    />
  );
}

function documentNonce(): string | undefined {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
}
